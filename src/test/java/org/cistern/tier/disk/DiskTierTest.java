package org.cistern.tier.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.cistern.answer.Answer;
import org.cistern.http.Headers;
import org.cistern.routes.Log;
import org.cistern.rule.Key;
import org.cistern.tier.FakeClock;
import org.cistern.tier.Found;
import org.cistern.tier.Level;
import org.cistern.tier.RuleBounds;
import org.cistern.tier.Samples;
import org.cistern.tier.Tier.Stored;
import org.cistern.tier.TierEvents;
import org.cistern.tier.ZstdCompression;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTierTest {

  private static final long ROOM = 8 << 20;
  private static final String LARGE = noise(1_800_000);

  private final FakeClock clock = new FakeClock();
  private final Recorded events = new Recorded();
  private final List<DiskTier> opened = new ArrayList<>();
  @TempDir Path folder;

  @AfterEach
  void close() {
    opened.forEach(DiskTier::close);
  }

  @Test
  void largeBodiesAreFilesThatGoWithTheirEntries() throws IOException {
    DiskTier tier = open(1);
    store(tier, 1, LARGE);
    assertThat(bodies()).hasSize(1);
    store(tier, 1, "small now");
    assertThat(bodies()).isEmpty();
  }

  @Test
  void whatWaitsToBeWrittenIsFoundAlready() {
    DiskTier tier = open(1);
    for (int i = 0; i < 300; i++) {
      Answer answer = Samples.at(clock.instant(), "body " + i).answer();
      var unused = tier.store(Samples.key(i), answer, 8);
      assertThat(text(tier, i)).isEqualTo("body " + i);
    }
  }

  @Test
  void aMissingBodyFileIsAMiss() throws IOException {
    DiskTier tier = open(1);
    store(tier, 1, LARGE);
    Files.delete(bodies().get(0));
    assertThat(find(tier, 1).answer()).isNull();
    await().until(() -> tier.contents().entries() == 0);
  }

  @Test
  void filesThatNoEntryNamesAreRemovedAtTheStart() throws IOException {
    DiskTier tier = open(1);
    store(tier, 1, LARGE);
    tier.close();
    Files.writeString(folder.resolve("bodies/orphan"), "x");
    Files.writeString(folder.resolve("bodies/half.part"), "x");
    assertThat(text(open(1), 1)).isEqualTo(LARGE);
    assertThat(bodies()).hasSize(1);
  }

  @Test
  void entriesOfAnotherEpochAreDropped() {
    DiskTier tier = open(1);
    store(tier, 1, "of epoch 1");
    tier.close();
    DiskTier next = open(2);
    assertThat(find(next, 1).miss()).isEqualTo(Found.Miss.ABSENT);
    assertThat(events.dropped).hasValue(1);
    store(next, 1, "of epoch 2");
    next.close();
    assertThat(text(open(2), 1)).isEqualTo("of epoch 2");
  }

  @Test
  void aValueOfAnotherVersionIsAMissThatIsToldFromADamagedOne() throws SQLException {
    DiskTier tier = open(1);
    store(tier, 1, "of a later release");
    store(tier, 2, "damaged");
    byTool(
        "UPDATE entry SET value=CAST(substr(value, 1, 4) || x'02' || substr(value, 6) AS BLOB)"
            + " WHERE key='"
            + key(1).text()
            + "'");
    byTool("UPDATE entry SET value=x'00' WHERE key='" + key(2).text() + "'");
    assertThat(find(tier, 1).miss()).isEqualTo(Found.Miss.FOREIGN);
    assertThat(find(tier, 2).miss()).isEqualTo(Found.Miss.DAMAGED);
  }

  @Test
  void tablesOfAnotherVersionAreDropped() throws SQLException {
    DiskTier tier = open(1);
    store(tier, 1, "old");
    tier.close();
    byTool("PRAGMA user_version=99");
    DiskTier next = open(1);
    assertThat(find(next, 1).miss()).isEqualTo(Found.Miss.ABSENT);
    assertThat(store(next, 1, "new")).isEqualTo(Stored.DONE);
  }

  @Test
  void aFileThatIsNoDatabaseIsSetAsideAtTheStart() throws IOException {
    Files.writeString(folder.resolve("entries.db"), "not a database at all ".repeat(500));
    try (Log log = new Log()) {
      DiskTier tier = open(1);
      assertThat(store(tier, 1, "new")).isEqualTo(Stored.DONE);
      assertThat(text(tier, 1)).isEqualTo("new");
      assertThat(aside()).hasSize(1);
      assertThat(events.damaged).hasSize(1);
      assertThat(log.text().lines())
          .containsExactly(
              folder.resolve("entries.db")
                  + " is damaged: it is kept as "
                  + aside().get(0).getFileName()
                  + ", and a new one takes its place");
    }
  }

  @Test
  void aFileThatIsDamagedWhileInUseIsSetAsideAndReplaced() throws IOException {
    DiskTier tier = open(1);
    for (int i = 0; i < 500; i++) {
      store(tier, i, noise(3000));
    }
    tier.close();
    DiskTier again = open(1);
    assertThat(find(again, 1).answer()).isNotNull();
    overwriteAllButTheFirstPage();
    await()
        .until(
            () -> {
              for (int i = 0; i < 500; i++) {
                Found found = find(again, i);
                assertThat(found.answer() == null || text(again, i) == null || isWhole(found))
                    .isTrue();
              }
              store(again, 1000, "probe");
              return !aside().isEmpty();
            });
    assertThat(store(again, 1, "after")).isEqualTo(Stored.DONE);
    assertThat(text(again, 1)).isEqualTo("after");
  }

  @Test
  void aValueWithAWrongChecksumIsAMissAndForgotten() throws SQLException {
    DiskTier tier = open(1);
    store(tier, 1, "body");
    byTool("UPDATE entry SET value = substr(value, 1, length(value) - 1) || x'00'");
    assertThat(find(tier, 1).miss()).isEqualTo(Found.Miss.DAMAGED);
    await().until(() -> find(tier, 1).miss() == Found.Miss.ABSENT);
    assertThat(aside()).isEmpty();
  }

  @Test
  void anEntryOfAnotherKeyIsNeverShown() throws SQLException {
    DiskTier tier = open(1);
    store(tier, 1, "body");
    byTool("UPDATE entry SET key = key || 'x'");
    assertThat(find(tier, 1).miss()).isEqualTo(Found.Miss.ABSENT);
  }

  @Test
  void aFolderThatCannotBeUsedIsAMissUntilItCan() throws IOException {
    Path inTheWay = folder.resolve("sub");
    Files.writeString(inTheWay, "a file");
    DiskTier tier = open(1, DiskSettings.of(inTheWay, ROOM, Duration.ofHours(9)));
    assertThat(find(tier, 1).miss()).isEqualTo(Found.Miss.DOWN);
    assertThat(store(tier, 1, "body")).isEqualTo(Stored.FAILED);
    Files.delete(inTheWay);
    assertThat(store(tier, 1, "body")).isEqualTo(Stored.DONE);
    assertThat(text(tier, 1)).isEqualTo("body");
  }

  @Test
  void bodiesThatCannotBeWrittenFailAloneAndRecover() throws IOException {
    DiskTier tier = open(1);
    store(tier, 0, "opens the file");
    Path bodies = folder.resolve("bodies");
    Files.writeString(bodies, "in the way");
    assertThat(store(tier, 1, LARGE)).isEqualTo(Stored.FAILED);
    assertThat(find(tier, 1).answer()).isNull();
    Files.delete(bodies);
    assertThat(store(tier, 1, LARGE)).isEqualTo(Stored.DONE);
  }

  @Test
  void whatWasFoundLastStaysLongest() {
    DiskTier tier = open(1);
    for (int i = 0; i < 40; i++) {
      store(tier, i, noise(100_000));
      clock.advance(Duration.ofSeconds(1));
    }
    for (int i = 40; i < 120; i++) {
      assertThat(find(tier, 0).answer()).isNotNull();
      store(tier, i, noise(100_000));
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(find(tier, 1).answer()).isNull();
    assertThat(find(tier, 0).answer()).isNotNull();
    assertThat(find(tier, 119).answer()).isNotNull();
  }

  @Test
  void theFilesTogetherStayWithinTheBound() throws IOException {
    DiskTier tier = open(1);
    Random random = new Random(5);
    for (int i = 0; i < 3000; i++) {
      tier.store(key(i), Samples.at(clock.instant(), noise(random.nextInt(20_000))).answer(), 8);
      if (i % 200 == 0) {
        store(tier, "large" + i, LARGE);
      }
    }
    store(tier, "last", "body");
    assertThat(sizeOfAllFiles()).isLessThan(ROOM);
    assertThat(tier.contents().bytes()).isGreaterThan(ROOM / 3);
  }

  @Test
  void aFullReaderQueueIsAMissAtOnce() throws Exception {
    DiskSettings narrow = new DiskSettings(folder, ROOM, Duration.ofHours(9), 1, 1, 100, 1 << 20);
    DiskTier tier = open(1, narrow);
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    tier.find(
        key(1),
        Headers.empty(),
        found -> {
          held.countDown();
          uninterruptibly(release);
        });
    held.await();
    CompletableFuture<Found> waiting = new CompletableFuture<>();
    tier.find(key(1), Headers.empty(), waiting::complete);
    assertThat(find(tier, 1).miss()).isEqualTo(Found.Miss.BUSY);
    release.countDown();
    assertThat(waiting.join().miss()).isEqualTo(Found.Miss.ABSENT);
  }

  @Test
  void writesBeyondTheQueueAreDroppedAndCounted() {
    DiskSettings narrow = new DiskSettings(folder, ROOM, Duration.ofHours(9), 1, 9, 4, 1 << 20);
    DiskTier tier = open(1, narrow);
    List<CompletableFuture<Stored>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(
          tier.store(key(i), Samples.at(clock.instant(), "x").answer(), 8).toCompletableFuture());
    }
    List<Stored> outcomes = all.stream().map(CompletableFuture::join).toList();
    assertThat(outcomes).contains(Stored.DONE, Stored.DROPPED);
    assertThat(events.stored).containsAll(outcomes);
    long done = outcomes.stream().filter(one -> one == Stored.DONE).count();
    await().until(() -> events.committed.get() == done);
  }

  @Test
  void whatIsQueuedIsWrittenBeforeTheTierCloses() {
    DiskTier tier = open(1);
    List<CompletableFuture<Stored>> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(
          tier.store(key(i), Samples.at(clock.instant(), "x").answer(), 8).toCompletableFuture());
    }
    tier.close();
    assertThat(all).allMatch(one -> one.join() == Stored.DONE);
  }

  @Test
  void theFileIsOpenToAnySqliteTool() throws SQLException {
    DiskTier tier = open(1);
    store(tier, 1, "body");
    try (Connection tool = tool();
        Statement statement = tool.createStatement();
        var row =
            statement.executeQuery(
                "SELECT e.key, e.rule FROM entry e JOIN tag t ON t.id = e.id WHERE t.tag='tag'")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo(key(1).text());
      assertThat(row.getString(2)).isEqualTo("rule");
    }
  }

  private DiskTier open(long epoch) {
    return open(epoch, DiskSettings.of(folder, ROOM, Duration.ofHours(9)));
  }

  private DiskTier open(long epoch, DiskSettings settings) {
    DiskTier tier =
        DiskTier.open(settings, epoch, new ZstdCompression(), clock, RuleBounds.NONE, events);
    opened.add(tier);
    return tier;
  }

  private Stored store(DiskTier tier, Object name, String body) {
    Samples sample = Samples.at(clock.instant(), body);
    return tier.store(key(name), sample.answer(), 8).toCompletableFuture().join();
  }

  private static Key key(Object name) {
    return Samples.key(name);
  }

  private static Found find(DiskTier tier, Object name) {
    CompletableFuture<Found> found = new CompletableFuture<>();
    tier.find(key(name), Headers.empty(), found::complete);
    return found.join();
  }

  private static @Nullable String text(DiskTier tier, Object name) {
    var answer = find(tier, name).answer();
    return answer == null ? null : Samples.text(answer);
  }

  private static boolean isWhole(Found found) {
    return found.answer() != null && Samples.text(found.answer()).equals(noise(3000));
  }

  private static String noise(int length) {
    return new Random(length)
        .ints(length, ' ', '~')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private void overwriteAllButTheFirstPage() throws IOException {
    byte[] rubbish = new byte[4096];
    new Random(1).nextBytes(rubbish);
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("entries.db").toFile(), "rw")) {
      for (long at = 4096; at < file.length(); at += rubbish.length) {
        file.seek(at);
        file.write(rubbish);
      }
    }
  }

  private void byTool(String sql) throws SQLException {
    try (Connection tool = tool();
        Statement statement = tool.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection tool() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("entries.db"));
  }

  private List<Path> bodies() throws IOException {
    return files(folder.resolve("bodies"), "");
  }

  private List<Path> aside() {
    try {
      return files(folder, "entries.db.damaged").stream()
          .filter(file -> !file.toString().endsWith("-wal"))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Path> files(Path in, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
    }
  }

  private long sizeOfAllFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void uninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Recorded implements TierEvents {
    private final List<String> damaged = new CopyOnWriteArrayList<>();
    private final List<Stored> stored = new CopyOnWriteArrayList<>();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong committed = new AtomicLong();

    @Override
    public void stored(Level level, Stored outcome) {
      stored.add(outcome);
    }

    @Override
    public void committed(Level level, int answers) {
      committed.addAndGet(answers);
    }

    @Override
    public void damaged(Level level, String what) {
      damaged.add(what);
    }

    @Override
    public void dropped(Level level, long answers, String why) {
      dropped.addAndGet(answers);
    }
  }
}
