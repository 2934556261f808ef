package org.cistern.camel;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.cistern.camel.call.Bodies;
import org.cistern.camel.coding.CodingPool;
import org.cistern.camel.engine.FrontEngine;
import org.cistern.camel.service.Services;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;
import org.cistern.flight.FlightLimits;
import org.cistern.flight.Flights;
import org.cistern.loop.ByteBudget;
import org.cistern.rule.match.RuleBook;
import org.cistern.upstream.UpstreamClient;
import org.cistern.upstream.Upstreams;

/** Everything of a running gateway but its routes, wired once from the settings. */
public final class Gateway implements AutoCloseable {

  /**
   * The part of the heap that all bodies being kept may hold, a quarter. What streams through
   * unstored is not counted; it holds the window of one flight per upstream call.
   */
  private static final int FILLS_PART = 4;

  private final Settings settings;
  private final Closings closings;
  private final Vertx vertx;
  private final Meters meters = new Meters();
  private final AtomicReference<RuleBook> rules;
  private final Storage storage;
  private final Tiers tiers;
  private final Flights flights;
  private final FrontEngine engine;
  private final Upstreams upstreams;
  private final Services services;

  private Gateway(Settings settings, InstantSource clock, Closings closings) {
    this.settings = settings;
    this.closings = closings;
    this.rules =
        new AtomicReference<>(
            RuleFile.read(settings.text(Setting.RULES_FILE), UpstreamSetup.names(settings)));
    closings.add(meters::close);
    this.vertx = VertxSetup.open();
    closings.add(() -> VertxSetup.close(vertx));
    Supplier<RuleBook> inForce = rules::get;
    Bodies bodies =
        Bodies.of(settings.bytes(Setting.BODY_LIMIT, 8 << 20), Runtime.getRuntime().maxMemory());
    this.engine =
        new FrontEngine(
            vertx,
            settings,
            clock,
            meters.requests(),
            bodies,
            () -> inForce.get().identityParameters());
    closings.add(engine::close);
    meters.watch(engine);
    this.upstreams =
        UpstreamSetup.of(settings, engine.demonstrationUrl(), vertx, clock, meters.upstreams());
    this.storage = StorageOpening.of(settings, clock);
    closings.add(storage::close);
    if (storage.usable()) {
      engine.keepIn(storage.folder());
      // Nobody else may have the folder yet.
      closings.add(engine::close);
    }
    meters.watch(storage.purges());
    this.tiers = Tiers.open(settings, storage, inForce, clock, meters.tiers());
    closings.add(tiers::close);
    meters.watch(tiers);
    ByteBudget fills = new ByteBudget(Runtime.getRuntime().maxMemory() / FILLS_PART);
    this.flights =
        new Flights(
            storage.purges(), fills, FlightLimits.defaults(), meters.flights(), System::nanoTime);
    CodingPool coding = new CodingPool(Runtime.getRuntime().availableProcessors());
    closings.add(coding::close);
    meters.watch(coding);
    this.services =
        new ServiceSetup(settings, inForce, storage, tiers, flights, fills, upstreams, vertx, clock)
            .services(coding, bodies);
  }

  /**
   * Wires a gateway; it does not listen yet. Where that fails, nothing is left open.
   *
   * @throws org.cistern.camel.settings.SettingsException where settings or rules are wrong
   */
  public static Gateway of(Settings settings, InstantSource clock) {
    Closings closings = new Closings();
    try {
      return new Gateway(settings, clock, closings);
    } catch (Throwable e) {
      closings.closeAfter(e);
      throw e;
    }
  }

  /** Begins to listen and to do the work behind. */
  void start(InstantSource clock) {
    upstreams.all().forEach(UpstreamClient::start);
    Housekeeping.start(vertx, flights, storage, tiers, clock);
  }

  /** Begins to write what only memory has; the drain goes on meanwhile. */
  void hurry() {
    Housekeeping.onWorker(vertx, tiers::hurry);
  }

  Settings settings() {
    return settings;
  }

  Vertx vertx() {
    return vertx;
  }

  Services services() {
    return services;
  }

  FrontEngine engine() {
    return engine;
  }

  Upstreams upstreams() {
    return upstreams;
  }

  RuleBook rules() {
    return services.rules().get();
  }

  Storage storage() {
    return storage;
  }

  Tiers tiers() {
    return tiers;
  }

  /** Returns the metrics in the text format of Prometheus. */
  String scrape() {
    return meters.scrape();
  }

  @Override
  public void close() {
    closings.close();
  }
}
