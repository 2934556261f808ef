package org.cistern.rule.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cistern.rule.load.Value.Entry;
import org.cistern.rule.load.Value.Place;
import org.cistern.rule.load.Value.Scalar;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads the YAML 1.2 of a rule file into values with places. What a rule file has no use for is
 * refused: anchors and aliases (which let a small text grow beyond all memory), tags, several
 * documents, and nesting deeper than any rule.
 */
final class YamlLoader {

  private static final int DEEPEST = 12;
  private static final ScalarResolver TYPES = new CoreSchema().getScalarResolver();

  private final Problems problems;
  private final Iterator<Event> events;

  private YamlLoader(String text, Problems problems) {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(RuleLoader.LONGEST).build();
    this.problems = problems;
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /** Returns the only document of a text; null where there is none, or where it is no YAML. */
  static @Nullable Value load(String text, Problems problems) {
    try {
      return new YamlLoader(text, problems).document();
    } catch (MarkedYamlEngineException e) {
      problems.error(place(e.getProblemMark()), "", "this is not YAML: " + oneLine(e.getProblem()));
    } catch (YamlEngineException e) {
      problems.error(Place.NONE, "", "this is not YAML: " + oneLine(e.getMessage()));
    } catch (TooDeep e) {
      problems.error(e.place, "", "is nested deeper than " + DEEPEST + " levels");
    }
    return null;
  }

  private static String oneLine(@Nullable String message) {
    return message == null ? "unreadable" : message.strip().replaceAll("\\s+", " ");
  }

  private @Nullable Value document() {
    Value first = null;
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof NodeEvent && first != null) {
        problems.error(place(event.getStartMark()), "", "a second document begins; one is allowed");
        return null;
      }
      if (event instanceof NodeEvent node) {
        first = value(node, 0);
      }
    }
    return first;
  }

  private Value value(NodeEvent event, int depth) {
    Place place = place(event.getStartMark());
    refuseExtras(event, place);
    if (depth > DEEPEST) {
      throw new TooDeep(place);
    }
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar, place);
    }
    if (event instanceof MappingStartEvent) {
      return new Value.Mapping(entries(depth), place);
    }
    return event instanceof CollectionStartEvent
        ? new Value.Sequence(items(depth), place)
        : new Scalar("", Scalar.Kind.NOTHING, place);
  }

  private void refuseExtras(NodeEvent event, Place place) {
    if (event instanceof AliasEvent) {
      problems.error(place, "", "an alias (*name) is not allowed; write the value out");
    } else if (event.getAnchor().isPresent()) {
      problems.error(place, "", "an anchor (&name) is not allowed; write the value out each time");
    }
    Optional<String> tag =
        event instanceof ScalarEvent scalar
            ? scalar.getTag()
            : event instanceof CollectionStartEvent start ? start.getTag() : Optional.empty();
    tag.ifPresent(name -> problems.error(place, "", "the tag '" + name + "' is not allowed"));
  }

  private List<Value> items(int depth) {
    List<Value> items = new ArrayList<>();
    while (events.next() instanceof NodeEvent node) {
      items.add(value(node, depth + 1));
    }
    return items;
  }

  private List<Entry> entries(int depth) {
    List<Entry> entries = new ArrayList<>();
    Map<String, Place> seen = new HashMap<>();
    while (events.next() instanceof NodeEvent key) {
      Value name = value(key, depth + 1);
      Value value = value((NodeEvent) events.next(), depth + 1);
      if (!(name instanceof Scalar scalar)) {
        problems.error(name.place(), "", "a field's name must be a word, not " + name.shown());
      } else if (isNew(scalar, seen)) {
        entries.add(new Entry(scalar.text(), scalar.place(), value));
      }
    }
    return entries;
  }

  private boolean isNew(Scalar name, Map<String, Place> seen) {
    Place before = seen.putIfAbsent(name.text(), name.place());
    if (before != null) {
      String sentence = "is given twice, first in line " + before.line();
      problems.error(name.place(), name.text(), sentence);
    }
    return before == null;
  }

  private static Scalar scalar(ScalarEvent event, Place place) {
    boolean plain = event.getImplicit().canOmitTagInPlainScalar();
    String tag = TYPES.resolve(event.getValue(), plain).getValue();
    Scalar.Kind kind =
        switch (tag.substring(tag.lastIndexOf(':') + 1)) {
          case "int" -> Scalar.Kind.WHOLE;
          case "float" -> Scalar.Kind.FRACTION;
          case "bool" -> Scalar.Kind.SWITCH;
          case "null" -> Scalar.Kind.NOTHING;
          default -> Scalar.Kind.TEXT;
        };
    return new Scalar(event.getValue(), kind, place);
  }

  private static Place place(Optional<Mark> mark) {
    return mark.map(m -> new Place(m.getLine() + 1, m.getColumn() + 1)).orElse(Place.NONE);
  }

  private static final class TooDeep extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Place place;

    TooDeep(Place place) {
      super(null, null, false, false);
      this.place = place;
    }
  }
}
