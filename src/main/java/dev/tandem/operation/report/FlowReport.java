package dev.tandem.operation.report;

/** A flow that was paused or resumed, in words. */
public record FlowReport(String words) {}
