package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;

/// Refuses reads of a class that wants none while their freshness is unproved, and leaves a trace of each.
record Refusals(CacheClass policy, Links links, ReadCounts counts) {

    CacheException.Refused of(String key) {
        counts.refused.increment();
        ServerLink link = links.of(key);
        JfrEvents.Refusal event = new JfrEvents.Refusal();
        event.cacheClass = policy.name();
        event.linkState = link.state().name();
        event.commit();
        return new CacheException.Refused("freshness " + policy.freshness() + " of " + key + " cannot be proved: "
                + link + "; class " + policy.name() + " refuses reads meanwhile");
    }
}
