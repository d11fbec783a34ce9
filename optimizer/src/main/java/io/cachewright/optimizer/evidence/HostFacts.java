package io.cachewright.optimizer.evidence;

import io.cachewright.domain.Reading;

/// Facts of the machine that the server runs on; read from `/proc` and `/sys`, so on Linux only.
///
/// @param transparentHugePages `always`, `madvise` or `never`
/// @param overcommitMemory `vm.overcommit_memory`: 0, 1 or 2
/// @param somaxconn `net.core.somaxconn`
/// @param clockSource `tsc`, `kvm-clock`, `xen` …
public record HostFacts(
        Reading<Integer> cores,
        Reading<Long> memoryBytes,
        Reading<Long> memoryAvailableBytes,
        Reading<Long> swapTotalBytes,
        Reading<Long> swapUsedBytesOfServer,
        Reading<String> transparentHugePages,
        Reading<Integer> overcommitMemory,
        Reading<Integer> swappiness,
        Reading<Integer> somaxconn,
        Reading<String> clockSource,
        Reading<Long> openFilesMax) {}
