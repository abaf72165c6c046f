package io.busyhour.projection.change;

/**
 * What one event did to a campaign.
 *
 * @param before the campaign as it was, or null if it is new
 * @param after the campaign as it is
 */
public record CampaignChange(CampaignRecord before, CampaignRecord after) implements Change {}
