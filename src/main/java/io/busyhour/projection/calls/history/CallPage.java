package io.busyhour.projection.calls.history;

import io.busyhour.projection.change.CallRecord;
import java.util.List;

/**
 * Some calls of a list, newest first.
 *
 * @param next what is to be read on from, or null at the end of the list
 */
public record CallPage(List<CallRecord> calls, Place next) {}
