package org.cistern.flight;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.http.uri.Target;
import org.cistern.purge.Coverage;
import org.cistern.purge.Purge;
import org.cistern.purge.Purges;
import org.jspecify.annotations.Nullable;

/** A purge log of one epoch that knows targets, tags and everything. */
final class SmallPurges implements Purges {

  private static final long EPOCH = 7;
  private final List<Purge> log = new CopyOnWriteArrayList<>();

  void purge(Target target) {
    append(new Purge(new Purge.Scope.Uri(target), true));
  }

  void purge(String tag) {
    append(new Purge(new Purge.Scope.Tag(tag), true));
  }

  @Override
  public Position head() {
    return new Position(EPOCH, log.size());
  }

  @Override
  public Coverage covers(Answer a) {
    return covers(a.target(), a.tags(), a.rule(), a.owner(), a.position());
  }

  @Override
  public Coverage covers(
      Target target, Set<String> tags, String rule, @Nullable String owner, Position since) {
    return log.stream().skip(since.number()).anyMatch(p -> covers(p.scope(), target, tags))
        ? Coverage.HARD
        : Coverage.NONE;
  }

  private static boolean covers(Purge.Scope scope, Target target, Set<String> tags) {
    return scope instanceof Purge.Scope.Everything
        || (scope instanceof Purge.Scope.Uri uri && uri.target().equals(target))
        || (scope instanceof Purge.Scope.Tag tag && tags.contains(tag.tag()));
  }

  @Override
  public synchronized CompletionStage<Position> append(Purge purge) {
    log.add(purge);
    return CompletableFuture.completedStage(head());
  }

  @Override
  public org.cistern.purge.Checked check(
      org.cistern.answer.Answer answer,
      org.cistern.purge.@org.jspecify.annotations.Nullable Checked before) {
    return new org.cistern.purge.Checked(head(), covers(answer));
  }
}
