package io.busyhour.projection.change;

/** What one event, or the end of the time to wait for more, did to a row. */
public sealed interface Change permits CallChange, CampaignChange, QualityChange {}
