package io.cachewright.runtime.coherence;

import io.cachewright.runtime.coherence.SimReader.Step;
import org.jspecify.annotations.Nullable;

/// Runs one random schedule of a near-cache, its link, a server and everything that goes wrong between them, and checks
/// every read. The same seed gives the same schedule.
///
/* Nothing here has a duration: a schedule is a sequence of steps drawn at random among the server, the network, the
 * client's event loop, its timer and its readers, each of which may be delayed for as long as the draw says. Time
 * advances a little with each step, and sometimes by a pause of the whole client.
 *
 * Checked at each read: (1) the value is no older than claimed: no newer version was acknowledged before the instant as
 * of which it is said to be current; (2) a bounded read claims no age above its bound, and
 * returns nothing that had expired at that instant; (3) a strict read misses
 * nothing acknowledged before it began; (4) versions never go back between a read that returned and one that began
 * later. Together (3) and (4) are linearizability of single keys with increasing versions. Checked at the end,
 * when all is delivered: what is stored equals what the server holds.
 */
final class Simulation implements LinkActions<Integer> {

    private static final int STEPS = 64;
    private static final int STEPS_OF_LONG = 256;
    private static final int QUIET_STEPS_MAX = 4_000;
    private static final int READERS = 3;
    private static final int COARSE_LATE_NANOS_MAX = 40;
    private static final int LIFETIME_NANOS_MAX = 40;
    private static final int BURST_MAX = 4;
    private static final int READER_STEPS_MAX = 12;
    private static final LinkBounds BOUNDS = new LinkBounds(10, 60, 30, 80, 2, 8, 200, 64, 4);

    private final PlantedBug bug;
    private final SimRandom random = new SimRandom();
    private final SimServer server = new SimServer();
    private final LongRing inbound = new LongRing();
    /// What an earlier connection delivered and its event loop has not handled yet.
    private final LongRing inboundOfEarlier = new LongRing();
    private final LongRing sideline = new LongRing();
    private final SimReader[] readers = new SimReader[READERS];
    private final SimQuestion question = new SimQuestion();

    private final int[] storedVersion = new int[SimServer.KEYS];
    private final long[] storedEpoch = new long[SimServer.KEYS];
    private final long[] storedAsOf = new long[SimServer.KEYS];
    /// Changes whenever what is stored of a key is replaced or dropped.
    private final int[] storedSerial = new int[SimServer.KEYS];
    /// False where its time to live is not known yet: no proof makes it any younger until then.
    private final boolean[] storedIsProvable = new boolean[SimServer.KEYS];
    private final long[] storedEnds = new long[SimServer.KEYS];
    private final int[] returned = new int[SimServer.KEYS];

    private LinkCoherence<Integer> link;
    private long time;
    private long clockOffset;
    private long timerClock;
    /// As the kernel writes it, whether the client runs or not.
    private long coarseClock;
    private int coarseLateNanos;
    private long pausedUntil;
    private long epochOfStore;
    private long epochOfReaders;
    private long newestBeatSent;
    private long replyTimeProof;
    private @Nullable String violation;

    // What this schedule has at all: schedules that differ in kind find more than schedules that differ in order
    // alone (Groce et al., "Swarm testing", ISSTA 2012).
    private int keys;
    private int writeOneIn;
    private int stepNanosMax;
    private boolean hasFlushes;
    private boolean hasCuts;
    private boolean hasHoles;
    private boolean hasPauses;
    private boolean hasCoarseClock;
    private boolean hasLateQuestions;
    /// Until nothing more happens but what is on its way.
    private boolean isRunning;

    Simulation(PlantedBug bug) {
        this.bug = bug;
        for (int i = 0; i < READERS; i++) {
            readers[i] = new SimReader();
        }
        this.link = new LinkCoherence<>(BOUNDS, this, random, 0);
    }

    /// Runs the schedule of `seed`; what went wrong first, or null.
    @Nullable
    String run(long seed) {
        reset(seed);
        isRunning = true;
        int steps = hasLateQuestions || random.oneIn(8) ? STEPS_OF_LONG : STEPS;
        for (int i = 0; i < steps && violation == null; i++) {
            time += random.below(stepNanosMax);
            step(random.below(64));
        }
        if (violation == null) {
            quiesce();
        }
        return violation == null ? null : bug + ", seed " + seed + ": " + violation;
    }

    private void reset(long seed) {
        isRunning = false;
        random.reset(seed);
        hasLateQuestions = (seed & 12) == 0;
        server.reset((seed & 1) == 0, hasLateQuestions);
        keys = 1 + random.below(SimServer.KEYS);
        writeOneIn = 1 + random.below(hasLateQuestions ? 16 : 4);
        stepNanosMax = 2 + random.below(4);
        hasFlushes = random.oneIn(4);
        hasCuts = random.oneIn(2);
        hasHoles = random.oneIn(3);
        hasPauses = random.oneIn(3);
        hasCoarseClock = (seed & 2) == 0;
        inbound.clear();
        inboundOfEarlier.clear();
        sideline.clear();
        for (SimReader reader : readers) {
            reader.reset();
        }
        question.reset();
        for (int key = 0; key < SimServer.KEYS; key++) {
            storedVersion[key] = -1;
            returned[key] = 0;
        }
        time = 1_000;
        // Monotonic clocks start anywhere, below zero too.
        clockOffset = random.nextLong() >> 20;
        timerClock = now();
        coarseClock = now();
        coarseLateNanos = 1 + (int) ((seed >>> 3) % COARSE_LATE_NANOS_MAX);
        pausedUntil = 0;
        epochOfStore = 0;
        epochOfReaders = 0;
        newestBeatSent = now();
        replyTimeProof = now() - (1L << 40);
        violation = null;
        link = new LinkCoherence<>(BOUNDS, this, random, now());
        // Most schedules begin with a link that is up, since that is where most can happen.
        if (!random.oneIn(8)) {
            tick();
            toServer();
            toServer();
            server.endTurn(time);
            toClient();
            eventLoop(inbound);
        }
    }

    private void step(int draw) {
        boolean isAwake = time >= pausedUntil;
        switch (draw) {
            case 0, 1, 2, 3, 4, 5, 6 -> {
                if (random.oneIn(writeOneIn)) {
                    server.write(random.below(keys), expiry());
                }
            }
            case 7 -> {
                if (hasFlushes) {
                    server.flushAll();
                }
            }
            case 8, 9, 10, 11, 12, 13, 14, 15, 16, 17 -> toServer();
            case 18, 19, 20, 21, 22, 23 -> server.endTurn(time);
            case 24, 25, 26, 27, 28, 29, 30, 31, 32, 33 -> toClient();
            case 34 -> {
                if (hasCuts) {
                    cut();
                }
            }
            case 35 -> server.hole |= hasHoles;
            case 36, 37 -> server.hole = false;
            case 38 -> {
                if (hasPauses) {
                    pause();
                }
            }
            case 39, 40, 41, 42, 43 -> {
                if (isAwake) {
                    tick();
                }
            }
            case 44, 45, 46, 47, 48, 49, 50 -> {
                // What is behind a late answer shall not always be handled at once.
                boolean isHearing = question.step.compareTo(SimQuestion.Step.HEAR) >= 0;
                if (isAwake && isHearing && random.oneIn(2)) {
                    readerOrQuestionStep(random.below(READERS + 1));
                } else if (isAwake) {
                    eventLoop(inbound);
                    for (int i = burst(); i > 1 && question.step.compareTo(SimQuestion.Step.HEAR) < 0; i--) {
                        eventLoop(inbound);
                    }
                }
            }
            case 51 -> {
                if (isAwake) {
                    eventLoop(inboundOfEarlier);
                    handleSideline();
                }
            }
            default -> {
                if (isAwake) {
                    readerOrQuestionStep(random.below(hasLateQuestions ? READERS + 1 : READERS));
                }
            }
        }
    }

    /// Only who asks for times to live later has anything to fear from them.
    private long expiry() {
        return hasLateQuestions && random.oneIn(2) ? time + random.below(LIFETIME_NANOS_MAX) : SimServer.NEVER;
    }

    /// Where a turn of the server matters, a thread gets several steps done in it.
    private void readerOrQuestionStep(int draw) {
        for (int i = hasLateQuestions ? 1 + random.below(READER_STEPS_MAX) : 1; i > 0 && violation == null; i--) {
            if (draw == READERS) {
                questionStep();
            } else {
                readerStep(readers[draw]);
            }
        }
    }

    /// Lets everything be delivered, then looks for entries that nobody will ever correct.
    private void quiesce() {
        isRunning = false;
        server.hole = false;
        long quietSince = now();
        for (int i = 0; i < QUIET_STEPS_MAX && !isQuiet(quietSince); i++) {
            time++;
            toServer();
            server.endTurn(time);
            toClient();
            tick();
            eventLoop(inbound);
            eventLoop(inboundOfEarlier);
            handleSideline();
            for (SimReader reader : readers) {
                if (reader.step != Step.IDLE) {
                    readerStep(reader);
                }
            }
            if (question.step != SimQuestion.Step.IDLE) {
                questionStep();
            }
        }
        for (int key = 0; key < SimServer.KEYS && violation == null; key++) {
            boolean isUsable = storedVersion[key] >= 0
                    && storedEpoch[key]
                            >= (bug == PlantedBug.NO_DROP_AFTER_RECONNECT
                                    ? 0
                                    : link.proof().epoch());
            if (isUsable && storedVersion[key] != server.version(key)) {
                violation = "key " + key + " is stale for good at version " + storedVersion[key] + " of "
                        + server.version(key);
            }
        }
    }

    private boolean isQuiet(long quietSince) {
        boolean isProved = link.proof().provedNanos() - quietSince > 0;
        if (!isProved
                || link.state() != LinkState.LIVE
                || !inbound.isEmpty()
                || !inboundOfEarlier.isEmpty()
                || !sideline.isEmpty()) {
            return false;
        }
        for (SimReader reader : readers) {
            if (reader.step != Step.IDLE) {
                return false;
            }
        }
        return question.step == SimQuestion.Step.IDLE && server.isQuiet();
    }

    // The network

    private void toServer() {
        if (hasLateQuestions && isRunning && question.step == SimQuestion.Step.AWAIT_ANSWER && random.oneIn(2)) {
            // Another value in the very turn in which it is asked about the one before.
            server.write(question.key, expiry());
        }
        for (int i = burst(); i > 0 && !server.hole && !server.toServer.isEmpty(); i--) {
            server.execute(server.toServer.remove(), time);
        }
    }

    private int burst() {
        return hasLateQuestions ? BURST_MAX : 1;
    }

    private void toClient() {
        for (int i = burst(); i > 0 && !server.hole && !server.toClient.isEmpty(); i--) {
            deliver();
        }
    }

    private void deliver() {
        long message = server.toClient.remove();
        inbound.add(message);
        if (Message.kind(message) == Message.INVALIDATE && random.oneIn(16)) {
            inbound.add(message);
        }
    }

    /// The connection breaks; half of the time the client is told.
    private void cut() {
        server.cut();
        if (random.oneIn(2)) {
            inbound.add(Message.of(Message.DISCONNECTED, link.generation(), 0, 0, 0));
        }
    }

    /// The whole client stands still; half of the time nothing else moves either.
    private void pause() {
        int length = random.below(200);
        pausedUntil = time + length;
        if (random.oneIn(2)) {
            time += length;
        }
    }

    // The client

    private long now() {
        return time + clockOffset;
    }

    private void tick() {
        timerClock = now();
        link.tick(now());
        if (bug == PlantedBug.DROP_AFTER_PROOF) {
            epochOfReaders = epochOfStore;
        }
    }

    private void eventLoop(LongRing arrived) {
        if (arrived.isEmpty()) {
            return;
        }
        long message = arrived.remove();
        boolean isInvalidation =
                Message.kind(message) == Message.INVALIDATE || Message.kind(message) == Message.INVALIDATE_ALL;
        if (bug == PlantedBug.INVALIDATIONS_ON_ANOTHER_THREAD && isInvalidation) {
            sideline.add(message);
        } else {
            handle(message);
        }
    }

    private void handleSideline() {
        if (!sideline.isEmpty()) {
            handle(sideline.remove());
        }
    }

    private void handle(long message) {
        long generation = Message.generation(message);
        switch (Message.kind(message)) {
            case Message.ARMED -> link.armed(generation, clockOffset + Message.number(message), now());
            case Message.ANSWER -> answered(message);
            case Message.PONG -> ponged(generation, Message.number(message));
            case Message.INVALIDATE -> link.invalidated(Message.key(message));
            case Message.INVALIDATE_ALL -> {
                if (bug != PlantedBug.NULL_INVALIDATION_IGNORED) {
                    link.invalidatedAll();
                }
            }
            case Message.DISCONNECTED -> link.disconnected(generation, now());
            default -> throw new IllegalStateException("no message: " + Message.kind(message));
        }
    }

    private void ponged(long generation, long id) {
        long claimed = bug == PlantedBug.OLD_LINK_ANSWERS_FOR_NEW ? link.generation() : generation;
        link.heartbeatAnswered(claimed, id, now());
        if (claimed == link.generation()) {
            if (bug == PlantedBug.AGE_FROM_REPLY_TIME) {
                replyTimeProof = now();
            } else if (bug == PlantedBug.ANSWER_COUNTS_FOR_NEWEST_HEARTBEAT) {
                replyTimeProof = newestBeatSent;
            }
        }
    }

    private void answered(long message) {
        if (Message.reader(message) == READERS) {
            Lease<Integer> asked = question.lease;
            if (asked != null && question.isAnsweredBy(message)) {
                link.answered(asked, now());
                question.answerLeft = SimServer.left(message);
                question.step = SimQuestion.Step.HEAR;
            }
            return;
        }
        SimReader reader = readers[Message.reader(message)];
        Lease<Integer> lease = reader.lease;
        if (lease == null
                || reader.step != Step.AWAIT_ANSWER
                || reader.generation != Message.generation(message)
                || reader.key != Message.key(message)) {
            return;
        }
        link.answered(lease, now());
        reader.answerVersion = SimServer.version(message);
        reader.answerLeft = SimServer.left(message);
        reader.step = Step.STORE;
    }

    private void readerStep(SimReader reader) {
        switch (reader.step) {
            case IDLE -> {
                reader.rule = SimReader.RULES[random.below(SimReader.RULES.length)];
                reader.usesCoarseClock = hasCoarseClock && !reader.rule.isStrict() && !reader.rule.isBestEffort();
                reader.key = random.below(keys);
                reader.invokedAt = time;
                reader.returnedBefore = returned[reader.key];
                reader.step = Step.LOOKUP;
            }
            case LOOKUP -> {
                lookUp(reader);
                reader.step = Step.PROOF;
            }
            case PROOF -> {
                reader.provedNanos = proved();
                reader.step = Step.CHECK;
            }
            case CHECK -> {
                reader.found &= isStillUsable(reader);
                reader.step = Step.JUDGE;
            }
            case JUDGE -> judge(reader);
            case AWAIT_PROOF -> awaitProof(reader);
            case AWAIT_ANSWER -> {
                if (link.generation() != reader.generation || !isArmed()) {
                    fail(reader);
                }
            }
            case STORE -> store(reader);
        }
    }

    private void questionStep() {
        switch (question.step) {
            case IDLE -> {
                int key = random.below(keys);
                boolean isDue = now() - storedAsOf[key] >= SimReader.BOUND_NANOS / 4;
                if (storedVersion[key] >= 0 && !storedIsProvable[key] && isDue && isArmed()) {
                    ask(key);
                }
            }
            case AWAIT_ANSWER -> {
                Lease<Integer> lease = question.lease;
                if (lease != null && (link.generation() != question.generation || !isArmed())) {
                    link.abandon(lease);
                    question.reset();
                }
            }
            case HEAR -> hear();
            case AWAIT_PROOF -> refine();
        }
    }

    private void ask(int key) {
        question.key = key;
        question.generation = link.generation();
        question.serial = storedSerial[key];
        question.version = storedVersion[key];
        question.asOfNanos = storedAsOf[key];
        question.epoch = storedEpoch[key];
        question.lease = link.lease(key, now());
        server.send(Message.of(Message.GET, link.generation(), key, READERS, 0));
        question.step = SimQuestion.Step.AWAIT_ANSWER;
    }

    /// What the answer says may be of a value that has another's place already, whose invalidation is behind it: it
    /// counts once something that was sent later is answered.
    private void hear() {
        Lease<Integer> lease = question.lease;
        if (lease == null) {
            throw new IllegalStateException("an answer without a lease");
        }
        boolean isHeard = bug == PlantedBug.LATE_ANSWER_TAKES_A_VALUES_PLACE
                ? link.mayStore(lease)
                : link.mayRefine(lease) || bug == PlantedBug.LATE_ANSWER_REPLACES_ANOTHER_VALUE;
        if (isHeard && SimServer.isAbsent(question.answerLeft)) {
            if (isAskedAbout()) {
                drop(question.key);
            }
            isHeard = false;
        }
        if (isHeard) {
            question.ends = lease.issuedNanos() + question.answerLeft;
            question.heardNanos = now();
            question.step = SimQuestion.Step.AWAIT_PROOF;
        } else {
            question.reset();
        }
    }

    private boolean isAskedAbout() {
        return storedVersion[question.key] >= 0 && storedSerial[question.key] == question.serial;
    }

    private void refine() {
        boolean isProved = link.proof().provedNanos() - question.heardNanos >= 0;
        if (!isProved && bug != PlantedBug.LATE_ANSWER_HEARD_AT_ONCE) {
            return;
        }
        if (bug == PlantedBug.LATE_ANSWER_REPLACES_ANOTHER_VALUE || isAskedAbout()) {
            int key = question.key;
            storedVersion[key] = question.version;
            storedAsOf[key] = question.asOfNanos;
            storedEpoch[key] = question.epoch;
            storedIsProvable[key] = true;
            storedEnds[key] = question.ends;
            storedSerial[key]++;
        }
        question.reset();
    }

    private long proved() {
        long proved = link.proof().provedNanos();
        return replyTimeProof - proved > 0 ? replyTimeProof : proved;
    }

    private long readersEpoch() {
        return switch (bug) {
            case NO_DROP_AFTER_RECONNECT -> 0;
            case DROP_AFTER_PROOF -> epochOfReaders;
            default -> link.proof().epoch();
        };
    }

    private void lookUp(SimReader reader) {
        reader.found = storedVersion[reader.key] >= 0;
        reader.foundVersion = storedVersion[reader.key];
        reader.foundAsOfNanos = storedAsOf[reader.key];
        reader.foundEpoch = storedEpoch[reader.key];
        reader.foundSerial = storedSerial[reader.key];
        reader.foundIsProvable = storedIsProvable[reader.key];
        reader.foundEnds = storedEnds[reader.key];
    }

    private boolean isStillUsable(SimReader reader) {
        boolean isGone = storedSerial[reader.key] != reader.foundSerial && bug != PlantedBug.DROP_NOT_LOOKED_AT_AGAIN;
        return !isGone && reader.foundEpoch >= readersEpoch();
    }

    private void judge(SimReader reader) {
        if (!reader.found) {
            readRemote(reader);
            return;
        }
        long clock = readersClock(reader);
        if (clock - reader.foundEnds >= 0) {
            readRemote(reader);
            return;
        }
        long asOf = reader.foundAsOfNanos - clockOffset;
        if (reader.foundIsProvable) {
            asOf = Math.max(asOf, reader.provedNanos - clockOffset);
        } else if (clock - clockOffset - asOf > reader.rule.boundNanos()) {
            readRemote(reader);
            return;
        }
        boolean isProvedStrict = reader.rule.isStrict() && asOf >= reader.invokedAt;
        if (reader.usesCoarseClock && clock - clockOffset - asOf > reader.rule.boundNanos()) {
            reader.usesCoarseClock = false;
            reader.step = Step.PROOF;
            return;
        }
        switch (isProvedStrict ? ReadRule.Verdict.SERVE : reader.rule.judge(clock - clockOffset - asOf, isArmed())) {
            case SERVE -> {
                if (bug == PlantedBug.CLOCK_ADVANCED_BY_TIMER) {
                    asOf += time - (clock - clockOffset);
                }
                finish(reader, reader.foundVersion, asOf, !reader.rule.isBestEffort());
            }
            case SERVE_STALE -> finish(reader, reader.foundVersion, asOf, false);
            case PROVE -> {
                reader.generation = link.generation();
                link.wantProof(now());
                reader.step = Step.AWAIT_PROOF;
            }
            case REMOTE -> readRemote(reader);
            case REFUSE -> fail(reader);
        }
    }

    private long readersClock(SimReader reader) {
        if (bug == PlantedBug.CLOCK_ADVANCED_BY_TIMER) {
            return timerClock;
        }
        if (!reader.usesCoarseClock) {
            return now();
        }
        if (now() - coarseClock >= coarseLateNanos) {
            coarseClock = now();
        }
        return bug == PlantedBug.COARSE_CLOCK_TAKEN_FOR_EXACT ? coarseClock : coarseClock + COARSE_LATE_NANOS_MAX;
    }

    private void awaitProof(SimReader reader) {
        if (bug == PlantedBug.STRICT_TAKES_EARLIER_PROOF) {
            finish(reader, reader.foundVersion, reader.invokedAt, true);
        } else if (link.generation() != reader.generation || !isArmed()) {
            fail(reader);
        } else if (link.proof().provedNanos() - clockOffset >= reader.invokedAt) {
            reader.step = Step.LOOKUP;
        }
    }

    private void readRemote(SimReader reader) {
        if (!isArmed()) {
            fail(reader);
            return;
        }
        reader.lease = link.lease(reader.key, now());
        reader.generation = link.generation();
        server.send(Message.of(Message.GET, link.generation(), reader.key, indexOf(reader), 0));
        reader.step = Step.AWAIT_ANSWER;
    }

    private void store(SimReader reader) {
        Lease<Integer> lease = reader.lease;
        if (lease == null) {
            throw new IllegalStateException("an answer without a lease");
        }
        boolean isHeld = lease.group != null && !lease.group.voided;
        int versionBefore = storedVersion[reader.key];
        boolean mayStore = link.mayStore(lease);
        if (bug == PlantedBug.UNSTORED_ANSWER_LEAVES_OLDER_ENTRY) {
            storedVersion[reader.key] = versionBefore;
        }
        if (bug == PlantedBug.FILL_WITHOUT_LEASE || (bug == PlantedBug.OLD_FILL_REPLACES_NEWER && isHeld)) {
            mayStore = true;
        }
        if (mayStore) {
            storedVersion[reader.key] = reader.answerVersion;
            boolean isLifetimeKnown = !hasLateQuestions || random.oneIn(2);
            storedIsProvable[reader.key] = isLifetimeKnown;
            storedEnds[reader.key] =
                    lease.issuedNanos() + (isLifetimeKnown ? reader.answerLeft : SimReader.BOUND_NANOS);
            storedSerial[reader.key]++;
            storedEpoch[reader.key] = link.proof().epoch();
            storedAsOf[reader.key] = bug == PlantedBug.AGE_FROM_STORE_TIME ? now() : lease.issuedNanos();
        }
        reader.lease = null;
        finish(reader, reader.answerVersion, lease.issuedNanos() - clockOffset, false);
    }

    private void fail(SimReader reader) {
        Lease<Integer> lease = reader.lease;
        if (lease != null) {
            link.abandon(lease);
            reader.lease = null;
        }
        reader.step = Step.IDLE;
    }

    /// Checks a read that returns `version`, claimed to be current as of `asOf` in the server's time.
    private void finish(SimReader reader, int version, long asOf, boolean isPromised) {
        int key = reader.key;
        if (server.isOlderThan(key, version, asOf)) {
            violation = "version " + version + " of key " + key + " is older than claimed";
        } else if (isPromised && !reader.rule.isStrict() && time - asOf > SimReader.BOUND_NANOS) {
            violation = "a bounded read served an age of " + (time - asOf);
        } else if (isPromised && server.hadExpired(key, version, asOf)) {
            violation = "version " + version + " of key " + key + " had expired";
        } else if (reader.rule.isStrict() && server.isOlderThan(key, version, reader.invokedAt)) {
            violation = "a strict read missed a write acknowledged before it began";
        } else if (version < reader.returnedBefore) {
            violation = "key " + key + " went back from version " + reader.returnedBefore + " to " + version;
        }
        returned[key] = Math.max(returned[key], version);
        reader.step = Step.IDLE;
    }

    private boolean isArmed() {
        return link.state() == LinkState.LIVE || link.state() == LinkState.SUSPECT;
    }

    private int indexOf(SimReader reader) {
        for (int i = 0; i < READERS; i++) {
            if (readers[i] == reader) {
                return i;
            }
        }
        throw new IllegalStateException("not a reader of this client");
    }

    // What the link asks for

    @Override
    public void connect(long generation) {
        server.connect(generation);
        while (!inbound.isEmpty()) {
            inboundOfEarlier.add(inbound.remove());
        }
        if (bug == PlantedBug.TRACKING_ARMED_LATE) {
            inbound.add(Message.of(Message.ARMED, generation, 0, 0, time));
            if (random.oneIn(2)) {
                return;
            }
        }
        server.send(Message.of(Message.ARM, generation, 0, 0, time));
    }

    @Override
    public void heartbeat(long generation, long id) {
        newestBeatSent = now();
        if (bug == PlantedBug.HEARTBEAT_ON_ANOTHER_LINK) {
            inbound.add(Message.of(Message.PONG, generation, 0, 0, id));
        } else {
            server.send(Message.of(Message.PING, generation, 0, 0, id));
        }
    }

    @Override
    public void close(long generation) {
        server.cut();
    }

    @Override
    public void drop(Integer key) {
        storedVersion[key] = -1;
        storedSerial[key]++;
    }

    @Override
    public void dropBefore(long epoch) {
        epochOfStore = epoch;
    }

    @Override
    public void changed(LinkState state) {
        // Readers look at the state by themselves.
    }
}
