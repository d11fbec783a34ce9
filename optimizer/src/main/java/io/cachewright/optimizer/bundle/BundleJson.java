package io.cachewright.optimizer.bundle;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Reads and writes the records of a bundle: strictly, so that nothing is lost or invented in silence, and in the same
/// order each time.
final class BundleJson {

    /// The manifest is read with fields to spare, so that a newer format can be told from a broken file.
    static final JsonMapper MANIFEST =
            builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    static final JsonMapper EVIDENCE =
            builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private BundleJson() {}

    private static JsonMapper.Builder builder() {
        return JsonMapper.builder()
                .addModule(ReadingJson.module())
                // Claims such as isReplica() follow from the components and are no content.
                .changeDefaultVisibility(checker -> checker.withVisibility(PropertyAccessor.FIELD, Visibility.ANY)
                        .withVisibility(PropertyAccessor.GETTER, Visibility.NONE)
                        .withVisibility(PropertyAccessor.IS_GETTER, Visibility.NONE))
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(
                        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }
}
