package io.cachewright.optimizer.evidence;

/// One user of ACL LIST.
///
/// @param rules as printed, password hashes removed, for example `on nopass ~* &* +@all`
public record AclUser(String name, boolean enabled, boolean withoutPassword, String rules) {}
