package org.dailypapers.subscriber;

/** A subscriber's preferences, pause or consent changed; fired in the transaction that records it. */
public record PreferencesChanged(Subscriber subscriber) {}
