package io.cachewright.runtime;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

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
