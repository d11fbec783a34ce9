/// What the users need of the deployment: volumes, latency budget, consistency, RPO and RTO, regulation,
/// cost. What is not given is unknown, not assumed. [RequirementsFile] reads them from YAML and from
/// settings of the command line.
@NullMarked
package io.cachewright.optimizer.requirements;

import org.jspecify.annotations.NullMarked;
