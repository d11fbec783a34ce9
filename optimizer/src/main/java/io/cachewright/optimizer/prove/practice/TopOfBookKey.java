package io.cachewright.optimizer.prove.practice;

import com.google.auto.service.AutoService;
import io.cachewright.lab.wire.Command;
import io.cachewright.optimizer.advice.Practice;
import java.util.List;

/// The best bid and ask are wanted: the whole book is read for them, or a small hash that holds just these.
@AutoService(PracticeTrial.class)
public final class TopOfBookKey implements PracticeTrial {

    @Override
    public Practice practice() {
        return Practice.TOP_OF_BOOK_KEY;
    }

    @Override
    public JobPair jobs(Sizes sizes) {
        Size levels = BookDeltas.levels(sizes);
        List<Command> book = List.of(BookDeltas.side(true, levels.value()), BookDeltas.side(false, levels.value()));
        List<Command> bookAndTop = List.of(
                book.getFirst(),
                book.getLast(),
                Command.of(
                        "HSET",
                        "book:l1",
                        "bid",
                        Payload.price(true, 0),
                        "bidSize",
                        Payload.quantity(0),
                        "ask",
                        Payload.price(false, 0),
                        "askSize",
                        Payload.quantity(0),
                        "seq",
                        "1"));
        List<Command> wholeBook = List.of(Command.of("HGETALL", "book:bids"), Command.of("HGETALL", "book:asks"));
        return JobPair.of(
                "read the best bid and ask of a book of " + levels + " a side",
                new JobPair.Side(book, (connection, _) -> Job.askAll(connection, wholeBook)),
                new JobPair.Side(bookAndTop, (connection, _) -> Job.ask(connection, "HGETALL", "book:l1")));
    }
}
