package io.cachewright.runtime;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/// What the flight recorder gets: nothing on a hit. Keys are left out, since they may name accounts.
final class JfrEvents {

    private static final String CATEGORY = "Cachewright";

    private JfrEvents() {}

    @Name("cachewright.Miss")
    @Label("Near-cache miss")
    @Description("A read that went to the server")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class Miss extends Event {
        @Label("Class of keys")
        String cacheClass = "";

        @Label("How it ended: REMOTE, STALE or the name of the failure")
        String outcome = "";
    }

    @Name("cachewright.Refusal")
    @Label("Refused read")
    @Description("A read that was refused because freshness could not be proved")
    @Category(CATEGORY)
    static final class Refusal extends Event {
        @Label("Class of keys")
        String cacheClass = "";

        @Label("State of the link")
        String linkState = "";
    }

    @Name("cachewright.Load")
    @Label("Load")
    @Description("The source was asked for values")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class Load extends Event {
        @Label("Class of keys")
        String cacheClass = "";

        @Label("Values asked for at once")
        int keys;

        @Label("Until the source answered or failed")
        @Timespan
        long took;

        @Label("Whether it failed")
        boolean hasFailed;
    }

    @Name("cachewright.LeaseWait")
    @Label("Wait for a lease")
    @Description("A load waited for another process that held the lease")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class LeaseWait extends Event {
        @Label("Class of keys")
        String cacheClass = "";

        @Label("Time waited")
        @Timespan
        long waited;
    }

    @Name("cachewright.BreakerChange")
    @Label("Circuit breaker changed")
    @Description("A source is left alone, tried, or asked as usual from now on")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class BreakerChange extends Event {
        @Label("Class of keys")
        String cacheClass = "";

        @Label("State now")
        String to = "";
    }

    @Name("cachewright.Invalidation")
    @Label("Invalidation")
    @Description("An invalidation, from the call until the servers acknowledged all of it")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class Invalidated extends Event {
        @Label("Keys")
        int keys;

        @Label("Tags")
        int tags;

        @Label("Classes")
        int classes;

        @Label("Whether all of it was acknowledged")
        boolean isAcknowledged;
    }

    @Name("cachewright.InvalidationArrived")
    @Label("Invalidation arrived")
    @Description("A write of this client was heard of here, by way of the server")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class InvalidationArrived extends Event {
        @Label("Since the write was sent")
        @Timespan
        long lag;
    }

    @Name("cachewright.LinkChange")
    @Label("Link changed")
    @Description("The link that carries invalidations was armed, suspected or lost")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class LinkChange extends Event {
        @Label("Server")
        String server = "";

        @Label("State before")
        String from = "";

        @Label("State now")
        String to = "";

        @Label("Connection")
        long generation;
    }
}
