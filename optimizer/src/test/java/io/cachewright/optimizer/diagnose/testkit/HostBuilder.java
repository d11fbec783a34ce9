package io.cachewright.optimizer.diagnose.testkit;

import io.cachewright.domain.Reading;
import io.cachewright.optimizer.evidence.HostFacts;

/// A machine for tests: eight cores, 24 GB, tuned as the Redis documentation says, until set otherwise.
public final class HostBuilder {

    private int cores = 8;
    private long memoryBytes = 25_276_502_016L;
    private long memoryAvailableBytes = 20_000_000_000L;
    private long swapTotalBytes = 2L << 30;
    private long swapUsedBytesOfServer;
    private String transparentHugePages = "madvise";
    private int overcommitMemory = 1;
    private int swappiness = 1;
    private int somaxconn = 4096;
    private String clockSource = "tsc";
    private long openFilesMax = 65_535;

    public HostBuilder cores(int value) {
        cores = value;
        return this;
    }

    public HostBuilder memoryBytes(long value) {
        memoryBytes = value;
        return this;
    }

    public HostBuilder memoryAvailableBytes(long value) {
        memoryAvailableBytes = value;
        return this;
    }

    public HostBuilder swapTotalBytes(long value) {
        swapTotalBytes = value;
        return this;
    }

    public HostBuilder swapUsedBytesOfServer(long value) {
        swapUsedBytesOfServer = value;
        return this;
    }

    public HostBuilder transparentHugePages(String value) {
        transparentHugePages = value;
        return this;
    }

    public HostBuilder overcommitMemory(int value) {
        overcommitMemory = value;
        return this;
    }

    public HostBuilder swappiness(int value) {
        swappiness = value;
        return this;
    }

    public HostBuilder somaxconn(int value) {
        somaxconn = value;
        return this;
    }

    public HostBuilder clockSource(String value) {
        clockSource = value;
        return this;
    }

    public HostBuilder openFilesMax(long value) {
        openFilesMax = value;
        return this;
    }

    HostFacts build() {
        return new HostFacts(
                Reading.known(cores),
                Reading.known(memoryBytes),
                Reading.known(memoryAvailableBytes),
                Reading.known(swapTotalBytes),
                Reading.known(swapUsedBytesOfServer),
                Reading.known(transparentHugePages),
                Reading.known(overcommitMemory),
                Reading.known(swappiness),
                Reading.known(somaxconn),
                Reading.known(clockSource),
                Reading.known(openFilesMax));
    }
}
