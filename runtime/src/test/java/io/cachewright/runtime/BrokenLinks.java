package io.cachewright.runtime;

import java.util.function.UnaryOperator;

/// Links with a guard switched off, so that a test sees that its checker notices.
final class BrokenLinks {

    private BrokenLinks() {}

    /// Whose answers are judged otherwise.
    static Links.LinkFactory judging(LinkAnswers.Factory answers) {
        return (client, endpoint, settings, drops) -> new ServerLink(client, endpoint, settings, drops, answers);
    }

    /// Whose drops reach what is kept near only `through` what a test puts in between.
    static Links.LinkFactory dropping(UnaryOperator<Drops> through) {
        return (client, endpoint, settings, drops) -> new ServerLink(client, endpoint, settings, through.apply(drops));
    }
}
