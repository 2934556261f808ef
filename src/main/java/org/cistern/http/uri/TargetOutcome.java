package org.cistern.http.uri;

/** What becomes of a raw request target: a {@link Target}, or the reason why it is refused. */
public sealed interface TargetOutcome permits Target, TargetRefusal {}
