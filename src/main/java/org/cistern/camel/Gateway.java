package org.cistern.camel;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.cistern.camel.call.Bodies;
import org.cistern.camel.call.ReplyHead;
import org.cistern.camel.call.Workers;
import org.cistern.camel.coding.CodingPool;
import org.cistern.camel.coding.Codings;
import org.cistern.camel.engine.FrontEngine;
import org.cistern.camel.forward.OutgoingHead;
import org.cistern.camel.forward.Tracing;
import org.cistern.camel.identity.TokenSetup;
import org.cistern.camel.keep.Keeper;
import org.cistern.camel.keep.Shelf;
import org.cistern.camel.service.KeyBodies;
import org.cistern.camel.service.Services;
import org.cistern.camel.service.StatusLine;
import org.cistern.camel.service.Users;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;
import org.cistern.flight.FillBudget;
import org.cistern.flight.FlightLimits;
import org.cistern.flight.Flights;
import org.cistern.http.forwarding.ForwardingNotation;
import org.cistern.http.forwarding.TrustedProxies;
import org.cistern.monitor.FlightMeters;
import org.cistern.monitor.GatewayMeters;
import org.cistern.monitor.PurgeMeters;
import org.cistern.monitor.RequestMeters;
import org.cistern.monitor.TierMeters;
import org.cistern.monitor.UpstreamMeters;
import org.cistern.rule.HostAliases;
import org.cistern.rule.Identity;
import org.cistern.rule.Keys;
import org.cistern.rule.match.RuleBook;
import org.cistern.upstream.UpstreamClient;
import org.cistern.upstream.Upstreams;
import org.cistern.upstream.options.UpstreamOptions;

/** Everything of a running gateway but its routes, wired once from the settings. */
public final class Gateway implements AutoCloseable {

  /** The share of the heap that request bodies may hold which are part of a key. */
  private static final int KEY_BODIES = 8;

  private final Settings settings;
  private final Closings closings;
  private final Vertx vertx;
  private final PrometheusMeterRegistry registry;
  private final GatewayMeters meters;
  private final AtomicReference<RuleBook> rules;
  private final Storage storage;
  private final Tiers tiers;
  private final FillBudget fills = FillBudget.quarterOf(Runtime.getRuntime().maxMemory());
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
    this.registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    closings.add(registry::close);
    this.meters = new GatewayMeters(registry);
    RequestMeters requests = new RequestMeters();
    registry.getPrometheusRegistry().register(requests);
    this.vertx = newVertx();
    closings.add(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    Supplier<RuleBook> inForce = rules::get;
    this.engine =
        new FrontEngine(
            vertx,
            settings,
            clock,
            new Accounting(requests),
            () -> inForce.get().identityParameters());
    closings.add(engine::close);
    this.upstreams =
        UpstreamSetup.of(
            settings, engine.demonstrationUrl(), vertx, clock, new UpstreamMeters(registry));
    meters.front(engine.server()::open, engine.server()::refused, engine::underWay);
    TierMeters tierMeters = new TierMeters(registry);
    this.storage = Storage.open(settings, clock);
    closings.add(storage::close);
    PurgeMeters.watch(storage.purges(), registry);
    this.tiers = Tiers.open(settings, storage, rules::get, clock, tierMeters);
    closings.add(tiers::close);
    tierMeters.watch(tiers.memory());
    if (tiers.disk() != null) {
      tierMeters.watch(tiers.disk());
    }
    this.flights =
        new Flights(
            storage.purges(),
            fills,
            FlightLimits.defaults(),
            new FlightMeters(registry),
            System::nanoTime);
    this.services = services(clock);
    meters.codings(services.coding()::begun);
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

  private static Vertx newVertx() {
    int cores = Runtime.getRuntime().availableProcessors();
    // Names are looked up anew as often as upstreams ask, and not as seldom as their records allow.
    int seconds = (int) UpstreamOptions.defaults().resolve().toSeconds();
    AddressResolverOptions names =
        new AddressResolverOptions()
            .setCacheMaxTimeToLive(seconds)
            .setHostsRefreshPeriod(seconds * 1000);
    return Vertx.vertx(
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setFileSystemOptions(filesAsTheyAre())
            .setEventLoopPoolSize(cores)
            .setAddressResolverOptions(names));
  }

  /** Vert.x would copy files of the class path, of which we need none, to a temporary folder. */
  private static FileSystemOptions filesAsTheyAre() {
    return new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
  }

  private Services services(InstantSource clock) {
    ReplyHead heads = new ReplyHead(settings.flag(Setting.VIA));
    Identity identity =
        new Identity(storage.identityKey(settings), TokenSetup.of(settings, vertx, clock));
    TrustedProxies proxies = TrustedProxies.of(settings.list(Setting.TRUSTED_PROXIES));
    Keys keys = new Keys(aliases());
    CodingPool coding = new CodingPool(Runtime.getRuntime().availableProcessors());
    closings.add(coding::close);
    return new Services(
        rules::get,
        keys,
        new KeyBodies(
            settings.bytes(Setting.MAX_KEY_BODY, 64 << 10),
            new FillBudget(Runtime.getRuntime().maxMemory() / KEY_BODIES)),
        new Users(identity, proxies),
        tiers.memory(),
        tiers.disk(),
        new Keeper(
            keys,
            tiers.memory(),
            tiers.disk(),
            tiers.writeBack(),
            life -> storage.purges().stored(life)),
        new Shelf(tiers.memory(), storage.purges(), heads, clock),
        storage.purges(),
        flights,
        fills,
        upstreams,
        UpstreamSetup.longestTimeout(settings),
        heads,
        StatusLine.valueOf(settings.text(Setting.CACHE_STATUS).toUpperCase(Locale.ROOT)),
        outgoing(),
        new Codings(settings.flag(Setting.COMPRESSION_ENABLED)),
        coding,
        new Bodies(settings.bytes(Setting.BODY_LIMIT, 8 << 20)),
        new Workers(vertx),
        clock);
  }

  private HostAliases aliases() {
    List<String> hosts = settings.list(Setting.HOST_ALIASES);
    return hosts.isEmpty() ? HostAliases.none() : HostAliases.of(List.of(hosts));
  }

  private OutgoingHead outgoing() {
    Set<ForwardingNotation> notations =
        switch (settings.text(Setting.FORWARDED)) {
          case "forwarded" -> Set.of(ForwardingNotation.FORWARDED);
          case "both" -> Set.of(ForwardingNotation.X_FORWARDED, ForwardingNotation.FORWARDED);
          case "off" -> Set.of();
          default -> Set.of(ForwardingNotation.X_FORWARDED);
        };
    return new OutgoingHead(
        notations,
        settings.flag(Setting.VIA),
        UpstreamSetup.withClientHost(settings),
        Tracing.valueOf(settings.text(Setting.TRACEPARENT).toUpperCase(Locale.ROOT)));
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
    return registry.scrape();
  }

  @Override
  public void close() {
    closings.close();
  }
}
