package io.cachewright.snapshot.export;

import io.cachewright.snapshot.SnapshotReport;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The report as a JSON document: the shape of the records, times as ISO 8601.
public final class ReportJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ReportJson() {}

    public static String write(SnapshotReport report) {
        return MAPPER.writeValueAsString(report);
    }
}
