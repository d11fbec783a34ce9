package io.cachewright.lab.wire;

/// A user and its password. The user `default` is the one that `requirepass` guards.
public record Credentials(String user, String password) {

    /// The password that `requirepass` sets.
    public static Credentials ofPassword(String password) {
        return new Credentials("default", password);
    }

    /// `AUTH password` for the default user, which servers older than ACLs understand too; otherwise
    /// `AUTH user password`.
    public Command toCommand() {
        return user.equals("default") ? Command.of("AUTH", password) : Command.of("AUTH", user, password);
    }

    /// Names the user only: passwords are never printed.
    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}
