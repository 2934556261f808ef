package org.cistern.camel.component;

import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.cistern.answer.Answer;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Passage;
import org.cistern.camel.call.QueryKeys;
import org.cistern.camel.fetch.ask.FlightClass;
import org.cistern.camel.keep.Shelf;
import org.cistern.camel.service.Services;
import org.cistern.freshness.Asked;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.cistern.tier.Found;
import org.cistern.tier.Level;
import org.cistern.tier.Tier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a tier that takes its time, and takes what it has up into memory. */
final class DiskStep extends ClientStep {

  private static final Logger LOG = LoggerFactory.getLogger(DiskStep.class);

  private final Services services;

  DiskStep(CisternEndpoint endpoint, Services services) {
    super(endpoint);
    this.services = services;
  }

  @Override
  boolean run(ClientCall call, Exchange exchange, AsyncCallback callback) {
    Passage passage = call.passage();
    Asked asked = passage.asked();
    Key key = passage.key();
    Tier disk = services.disk();
    // What memory had is at least as new as what is here, even where it may not be served.
    boolean spoken = call.answered() || passage.stored() != null;
    if (asked == null || key == null || disk == null || spoken) {
      return true;
    }
    Rule rule = asked.rule();
    if (rule == null || !rule.keep().strategy().disk() || isNowhere(passage, asked, key)) {
      return true;
    }
    find(
        call,
        disk,
        passage.keys(),
        key,
        found -> resume(exchange, callback, () -> found(call, asked, rule, found)));
    return false;
  }

  /** Looks under both keys where there are two; the newer answer is the one to use. */
  private static void find(
      ClientCall call, Tier disk, @Nullable QueryKeys keys, Key key, Consumer<At> then) {
    ask(
        call,
        disk,
        key,
        first -> {
          if (keys == null) {
            then.accept(first);
          } else {
            ask(call, disk, keys.own(), own -> then.accept(own.isNewer(first) ? own : first));
          }
        });
  }

  private static void ask(ClientCall call, Tier disk, Key key, Consumer<At> then) {
    disk.find(key, call.fields(), found -> call.onLoop(() -> then.accept(new At(key, found))));
  }

  /** What was found, and where. */
  private record At(Key key, Found found) {
    boolean isNewer(At other) {
      return Shelf.isNewer(found.answer(), other.found.answer());
    }
  }

  /**
   * What passes through costs no look-up while the disk is known to have nothing of it; a key that
   * other queries share does not tell.
   */
  private boolean isNowhere(Passage passage, Asked asked, Key key) {
    return passage.keys() == null && services.flights().isNowhere(FlightClass.of(asked, key));
  }

  /** What the disk has and nobody can use is a miss: a cache that fails fails no request. */
  private void found(ClientCall call, Asked asked, Rule rule, At at) {
    Key key = at.key;
    Found found = at.found;
    Answer answer = found.answer();
    if (answer == null) {
      absent(asked, key, found);
      seeVariants(call, found);
      return;
    }
    call.passage().key(key);
    try {
      services.shelf().take(call, asked, rule, answer, Level.L3);
      promote(rule, key, answer, call);
    } catch (RuntimeException e) {
      LOG.warn("what the disk has for {} cannot be used", call, e);
    }
  }

  private void absent(Asked asked, Key key, Found found) {
    if (found.miss() == Found.Miss.ABSENT) {
      services.flights().nowhere(FlightClass.of(asked, key));
    }
  }

  private static void seeVariants(ClientCall call, Found found) {
    if (found.miss() == Found.Miss.VARIANT) {
      call.passage().seeVariants();
    }
  }

  /**
   * The copy in memory lives as long as the one on disk still would; what was worked out for this
   * hit goes with it.
   */
  private void promote(Rule rule, Key key, Answer answer, ClientCall call) {
    if (rule.keep().strategy().memory() && call.answered()) {
      services.memory().promote(key, answer, call.passage().stored(), rule.keep().maxVariants());
    }
  }
}
