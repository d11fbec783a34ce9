package io.cachewright.optimizer.evidence;

import java.time.Duration;

/// One entry of ACL LOG.
///
/// @param reason `auth`, `command`, `key` or `channel`
/// @param object what was refused, redacted for `auth`
/// @param age how long ago it happened last
public record AclDenial(String reason, String object, String clientHost, long count, Duration age) {}
