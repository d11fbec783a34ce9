package io.cachewright.runtime;

import io.cachewright.lab.deployment.RedisCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// Tests on a real cluster, which each class has to itself.
abstract class OnCluster {

    static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = World.Cluster.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }
}
