package io.cachewright.runtime.coherence;

/// Mistakes that near-caches make, planted into the simulated driver to show that the checker finds each of them.
enum PlantedBug {
    NONE,
    /// An answer is stored although its key was invalidated since it was asked for.
    FILL_WITHOUT_LEASE,
    /// Answers are stored in the order in which readers get around to it.
    OLD_FILL_REPLACES_NEWER,
    /// What was stored before a reconnect is used after it.
    NO_DROP_AFTER_RECONNECT,
    /// What is stored is dropped some time after the new link was declared good.
    DROP_AFTER_PROOF,
    /// The heartbeat travels on a connection of its own.
    HEARTBEAT_ON_ANOTHER_LINK,
    /// The link is proved up to when the answer came, instead of when the heartbeat was sent.
    AGE_FROM_REPLY_TIME,
    /// The answer to one heartbeat proves the one sent last.
    ANSWER_COUNTS_FOR_NEWEST_HEARTBEAT,
    /// An answer on a closed connection proves the new one.
    OLD_LINK_ANSWERS_FOR_NEW,
    /// FLUSHALL sends a null list of keys, which is taken for an empty one.
    NULL_INVALIDATION_IGNORED,
    /// The reader does not look after it has read the proof whether the entry is still kept.
    DROP_NOT_LOOKED_AT_AGAIN,
    /// The reader takes its time from a clock that a timer advances, so a pause goes unnoticed.
    CLOCK_ADVANCED_BY_TIMER,
    /// The reader takes its time from the kernel's coarse clock, and forgets that this may be late.
    COARSE_CLOCK_TAKEN_FOR_EXACT,
    /// Invalidations are handed to another thread than answers.
    INVALIDATIONS_ON_ANOTHER_THREAD,
    /// A strict read is content with a proof that was asked for before it began.
    STRICT_TAKES_EARLIER_PROOF,
    /// Values are stored from a connection on which tracking is not on yet.
    TRACKING_ARMED_LATE,
    /// A value's age starts when it was stored, instead of when it was asked for.
    AGE_FROM_STORE_TIME,
    /// An answer that may not be stored leaves an older entry in its place.
    UNSTORED_ANSWER_LEAVES_OLDER_ENTRY,
    /// The time to live that is learned late brings the value back of which it was asked.
    LATE_ANSWER_REPLACES_ANOTHER_VALUE,
    /// The time to live that is learned late is believed at once, though the invalidation may be behind the answer of
    /// the value that it is asked for: then it is another value's.
    LATE_ANSWER_HEARD_AT_ONCE,
    /// The time to live that is learned late counts as the newest value of its key, so that one that arrived before it
    /// is not kept, and the older one stays.
    LATE_ANSWER_TAKES_A_VALUES_PLACE
}
