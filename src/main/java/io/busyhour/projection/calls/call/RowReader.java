package io.busyhour.projection.calls.call;

import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.change.CallRecord;

/** Makes of a row what others may see of it. */
final class RowReader {
  private RowReader() {}

  static CallRecord record(CallRow row) {
    return new CallRecord(
        row.callId,
        row.source,
        beginning(row),
        times(row),
        end(row),
        new CallRecord.Sound(
            row.codec, row.mos, row.rFactor, row.jitterMs, row.packetLoss, row.rttMs),
        row.answeredBy,
        row.pddMs);
  }

  private static Beginning beginning(CallRow row) {
    Derived found = row.derived == null ? new Derived() : row.derived;
    return new Beginning(
        row.account,
        row.userId,
        row.campaignId,
        row.trunk,
        row.provider,
        row.direction,
        row.from,
        row.to,
        row.zone != null ? row.zone : found.zone,
        row.originationCountry != null ? row.originationCountry : found.origination,
        row.destinationCountry != null ? row.destinationCountry : found.destination,
        row.parentCallId);
  }

  private static CallRecord.Times times(CallRow row) {
    return new CallRecord.Times(
        Micros.toInstant(row.firstEventAt),
        Micros.toInstant(row.lastEventAt),
        Micros.toInstant(row.initiatedAt),
        Micros.toInstant(row.ringingAt),
        Micros.toInstant(row.answeredAt()),
        Micros.toInstant(row.endedAt));
  }

  private static CallRecord.End end(CallRow row) {
    return new CallRecord.End(
        row.outcome,
        row.sipCode == null ? row.release.sipCode() : row.sipCode,
        row.q850Cause,
        row.hangupSource == null ? row.release.hangupSource() : row.hangupSource,
        row.durationSeconds,
        row.cost == null ? null : row.cost.stripTrailingZeros(),
        row.currency,
        row.errorType,
        row.hasTranscript,
        row.hasAudio,
        row.release.isReaped());
  }
}
