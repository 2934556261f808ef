package org.cistern.camel.fetch.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.cistern.answer.Answer;
import org.cistern.answer.Body;
import org.cistern.answer.Position;
import org.cistern.camel.fetch.ask.FlightClass;
import org.cistern.camel.keep.BodyTags;
import org.cistern.camel.service.Services;
import org.cistern.flight.Keep;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Part;
import org.cistern.freshness.Storing;
import org.cistern.http.Headers;
import org.cistern.purge.Coverage;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/** How a part of a content is kept: with what was there of it, and as the whole once it is that. */
final class PartPlan implements Keep {

  private final Parts parts;
  private final Services services;
  private final Asked asked;
  private final Key key;
  private final Storing.Keep keep;
  private final Position position;
  private final boolean closeDelimited;

  /**
   * @param closeDelimited only the close of the connection ends it, which may have come early
   */
  PartPlan(
      Parts parts,
      Asked asked,
      Key key,
      Storing.Keep keep,
      Position position,
      boolean closeDelimited) {
    this.parts = parts;
    this.services = parts.services();
    this.asked = asked;
    this.key = key;
    this.keep = keep;
    this.position = position;
    this.closeDelimited = closeDelimited;
  }

  @Override
  public Answer described() {
    return keep.answer(Body.empty(), position);
  }

  @Override
  public long maxSize() {
    return services.keeper().maxSize(asked);
  }

  @Override
  public Answer complete(Body body, Headers trailers) {
    return keep.answer(body, position);
  }

  @Override
  public CompletionStage<?> store(Answer answer) {
    Part part = Part.of(answer);
    if (part == null) {
      return CompletableFuture.completedStage(null);
    }
    return store(joined(closeDelimited ? part.labelledAsItIs() : part));
  }

  private Part joined(Part part) {
    Part older = parts.find(asked, key, services.clock().instant());
    boolean holds = older != null && services.purges().covers(older.answer()) == Coverage.NONE;
    return older != null && holds ? part.joined(older, maxSize()) : part;
  }

  private CompletionStage<?> store(Part part) {
    @Nullable Rule rule = asked.rule();
    if (part.isWhole()) {
      services.flights().stored(FlightClass.of(asked, key));
      services.memory().remove(Parts.key(key));
      return services.keeper().keep(asked, key, BodyTags.of(rule, part.whole()));
    }
    int variants = rule == null ? 1 : rule.keep().maxVariants();
    return services.memory().store(Parts.key(key), part.answer(), variants);
  }

  @Override
  public boolean lastByteWaits() {
    return false;
  }
}
