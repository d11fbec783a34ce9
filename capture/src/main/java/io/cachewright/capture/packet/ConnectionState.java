package io.cachewright.capture.packet;

import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.ReplyType;

/// What commands change about their connection: the selected database, whether it is answered, whether it monitors.
final class ConnectionState {

    private enum Replies {
        ON,
        SKIP_NEXT,
        OFF
    }

    private int database;
    private int queuedDatabase = CapturedCommand.DATABASE_UNKNOWN;
    private Replies replies = Replies.ON;
    private boolean isMonitor;

    ConnectionState(int database) {
        this.database = database;
    }

    int database() {
        return database;
    }

    boolean isMonitor() {
        return isMonitor;
    }

    /// Whether the server answers this command; follows `CLIENT REPLY`.
    boolean isAnswered(Arguments arguments) {
        if (arguments.is(0, "CLIENT") && arguments.is(1, "REPLY")) {
            if (arguments.is(2, "ON")) {
                replies = Replies.ON;
                return true;
            }
            if (arguments.is(2, "OFF")) {
                replies = Replies.OFF;
                return false;
            }
            if (arguments.is(2, "SKIP") && replies == Replies.ON) {
                replies = Replies.SKIP_NEXT;
                return false;
            }
        }
        if (replies == Replies.SKIP_NEXT) {
            replies = Replies.ON;
            return false;
        }
        return replies == Replies.ON;
    }

    /// A command was answered.
    void answered(Arguments arguments, ReplyType type) {
        if (type == ReplyType.ERROR) {
            return;
        }
        if (arguments.is(0, "SELECT")) {
            select((int) arguments.number(1, CapturedCommand.DATABASE_UNKNOWN), type);
        } else if (arguments.is(0, "EXEC")) {
            if (type != ReplyType.NULL && queuedDatabase != CapturedCommand.DATABASE_UNKNOWN) {
                database = queuedDatabase;
            }
            queuedDatabase = CapturedCommand.DATABASE_UNKNOWN;
        } else if (arguments.is(0, "DISCARD")) {
            queuedDatabase = CapturedCommand.DATABASE_UNKNOWN;
        } else if (arguments.is(0, "MONITOR")) {
            isMonitor = true;
        } else if (arguments.is(0, "RESET")) {
            database = 0;
            isMonitor = false;
            replies = Replies.ON;
        }
    }

    private void select(int selected, ReplyType type) {
        if (type == ReplyType.QUEUED) {
            queuedDatabase = selected;
        } else {
            database = selected;
        }
    }
}
