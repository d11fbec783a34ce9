/// Strict reading of YAML files that people write by hand: cache policies, requirements.
///
/// Text enters, and what the caller's function makes of it leaves. Unknown keys (with "did you mean"), keys given
/// twice, wrong types and values out of range are gathered with their line numbers and told together.
/// Start at [StrictYaml#read]; [YamlSection] is one mapping of the file.
@NullMarked
package io.cachewright.domain.yaml;

import org.jspecify.annotations.NullMarked;
