package io.busyhour.projection.change;

import io.busyhour.event.CallEvent.Quality;
import java.time.Instant;

/**
 * That a report of a call's quality is due to be counted.
 *
 * @param call the call as it is known now
 * @param quality what was reported, with the MOS that follows where none was said
 * @param time when it was reported
 */
public record QualityChange(CallRecord call, Quality quality, Instant time) implements Change {}
