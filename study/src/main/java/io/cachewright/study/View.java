package io.cachewright.study;

/// The result of a study as its readers see it, and the JSON result as it is. Absent numbers are null: unknown, not
/// zero. The schemas are in `docs/reference`.
public sealed interface View permits SnapshotView, CaptureView, TraceView, SizeView, SnapshotSizeView {}
