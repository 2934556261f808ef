package org.cistern.upstream.endpoint;

import java.time.Duration;
import java.time.Instant;
import org.cistern.upstream.options.UpstreamOptions.Ejection;

/** What is believed of an instance from the requests that it answered or did not; immutable. */
interface HealthState {

  /** Returns the name of this state. */
  InstanceHealth.Phase phase();

  /** Tells whether a request may go there now. */
  boolean usable(Instant now);

  /** Returns the state after a request was sent there. */
  default HealthState taken() {
    return this;
  }

  /** Returns the state after an answer. */
  HealthState succeeded();

  /** Returns the state after a failure. */
  HealthState failed(Instant now);

  /** Returns the state after a request that says nothing, for it was given up. */
  default HealthState abandoned() {
    return this;
  }

  /** Nothing is held against it. */
  record Healthy(Ejection rule) implements HealthState {

    @Override
    public InstanceHealth.Phase phase() {
      return InstanceHealth.Phase.HEALTHY;
    }

    @Override
    public boolean usable(Instant now) {
      return true;
    }

    @Override
    public HealthState succeeded() {
      return this;
    }

    @Override
    public HealthState failed(Instant now) {
      return new Suspect(rule, 0).failed(now);
    }
  }

  /** It failed a few times in a row, and is still asked. */
  record Suspect(Ejection rule, int failures) implements HealthState {

    @Override
    public InstanceHealth.Phase phase() {
      return InstanceHealth.Phase.SUSPECT;
    }

    @Override
    public boolean usable(Instant now) {
      return true;
    }

    @Override
    public HealthState succeeded() {
      return new Healthy(rule);
    }

    @Override
    public HealthState failed(Instant now) {
      return failures + 1 < rule.failures()
          ? new Suspect(rule, failures + 1)
          : new Ejected(rule, now.plus(rule.first()), rule.first());
    }
  }

  /** It failed too often, and is left alone until a moment. */
  record Ejected(Ejection rule, Instant until, Duration backOff) implements HealthState {

    @Override
    public InstanceHealth.Phase phase() {
      return InstanceHealth.Phase.EJECTED;
    }

    @Override
    public boolean usable(Instant now) {
      return !now.isBefore(until);
    }

    @Override
    public HealthState taken() {
      return new Probing(rule, until, backOff);
    }

    @Override
    public HealthState succeeded() {
      return new Healthy(rule);
    }

    @Override
    public HealthState failed(Instant now) {
      return this;
    }
  }

  /** One request is on its way to learn whether it is well again. */
  record Probing(Ejection rule, Instant since, Duration backOff) implements HealthState {

    @Override
    public InstanceHealth.Phase phase() {
      return InstanceHealth.Phase.PROBING;
    }

    @Override
    public boolean usable(Instant now) {
      return false;
    }

    @Override
    public HealthState succeeded() {
      return new Healthy(rule);
    }

    @Override
    public HealthState failed(Instant now) {
      Duration doubled = backOff.multipliedBy(2);
      Duration next = doubled.compareTo(rule.most()) < 0 ? doubled : rule.most();
      return new Ejected(rule, now.plus(next), next);
    }

    @Override
    public HealthState abandoned() {
      return new Ejected(rule, since, backOff);
    }
  }
}
