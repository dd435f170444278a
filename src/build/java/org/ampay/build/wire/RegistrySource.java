package org.ampay.build.wire;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ampay.build.wire.Dictionary.Message;

/** What holds the messages of a version together: sealed interfaces and the list of them all. */
final class RegistrySource {

  private static final String MESSAGES =
      """
      import java.util.List;
      import java.util.Map;
      import java.util.Optional;
      import java.util.function.Function;
      import java.util.stream.Collectors;
      import org.ampay.ocpp.wire.MessageType;

      /** All messages of OCPP VERSION. */
      public final class Messages## {

        /** Every message, by name. */
        public static final List<MessageType<? extends Request##, ? extends Response##>> ALL =
            List.<MessageType<? extends Request##, ? extends Response##>>of(
                $ALL);

        private static final Map<String, MessageType<? extends Request##, ? extends Response##>>
            BY_ACTION =
                ALL.stream()
                    .collect(
                        Collectors.toUnmodifiableMap(MessageType::action, Function.identity()));

        private static final Map<
                String, MessageType<? extends StationRequest##, ? extends Response##>>
            FROM_STATION =
                Map.ofEntries(
                    $FROM);

        private static final Map<
                String, MessageType<? extends CentralRequest##, ? extends Response##>>
            TO_STATION =
                Map.ofEntries(
                    $TO);

        private Messages##() {}

        /** The message of an action; empty when the version has no such action. */
        public static Optional<MessageType<? extends Request##, ? extends Response##>> byAction(
            String action) {
          return Optional.ofNullable(BY_ACTION.get(action));
        }

        /** The message of an action that stations may call. */
        public static Optional<MessageType<? extends StationRequest##, ? extends Response##>>
            fromStation(String action) {
          return Optional.ofNullable(FROM_STATION.get(action));
        }

        /** The message of an action that may be called at a station. */
        public static Optional<MessageType<? extends CentralRequest##, ? extends Response##>>
            toStation(String action) {
          return Optional.ofNullable(TO_STATION.get(action));
        }
      }
      """;

  private static final String REQUEST =
      """
      import org.ampay.ocpp.wire.MessageType;
      import org.ampay.ocpp.wire.WireObject;

      /** A request of OCPP VERSION. */
      public sealed interface Request## extends WireObject
          permits StationRequest##, CentralRequest## {

        /** Its action, direction and readers. */
        MessageType<? extends Request##, ? extends Response##> messageType();
      }
      """;

  private static final String RESPONSE =
      """
      import org.ampay.ocpp.wire.WireObject;

      /** An answer of OCPP VERSION. */
      public sealed interface Response## extends WireObject
          permits $LIST {}
      """;

  private static final String ONE_WAY =
      """
      import org.ampay.ocpp.wire.MessageType;

      /** A request of OCPP VERSION that $WHO sends. */
      public sealed interface $NAME extends Request##
          permits $LIST {

        @Override
        MessageType<? extends $NAME, ? extends Response##> messageType();
      }
      """;

  private static final String PACKAGE =
      """
      /** The messages of OCPP VERSION as they are on the wire, generated from ocpp-schemas/. */
      @NullMarked
      package PACKAGE;

      import org.jspecify.annotations.NullMarked;
      """;

  private final Version version;
  private final List<Message> messages;

  RegistrySource(Version version, List<Message> messages) {
    this.version = version;
    this.messages = messages;
  }

  /** Sources by the simple name of their class. */
  Map<String, String> sources() {
    Map<String, String> sources = new TreeMap<>();
    sources.put(
        "package-info",
        Version.BANNER
            + PACKAGE.replace("PACKAGE", version.packageName()).replace("VERSION", version.text()));
    sources.put("Request##", REQUEST);
    sources.put(
        "Response##", RESPONSE.replace("$LIST", join(message -> true, "Response", ",\n        ")));
    sources.put("StationRequest##", oneWay("StationRequest##", "a station", this::fromStation));
    sources.put(
        "CentralRequest##", oneWay("CentralRequest##", "the central system", this::toStation));
    sources.put(
        "Messages##",
        MESSAGES
            .replace("$ALL", join(message -> true, "Request.TYPE", ",\n          "))
            .replace("$FROM", entries(this::fromStation))
            .replace("$TO", entries(this::toStation)));
    Map<String, String> named = new TreeMap<>();
    sources.forEach(
        (name, source) ->
            named.put(
                name.replace("##", version.suffix()),
                name.equals("package-info") ? source : complete(source)));
    return named;
  }

  private String complete(String source) {
    return Version.BANNER
        + "package "
        + version.packageName()
        + ";\n\n"
        + source.replace("##", version.suffix()).replace("VERSION", version.text());
  }

  private boolean fromStation(Message message) {
    return Version.fromStation(message.direction());
  }

  private boolean toStation(Message message) {
    return Version.toStation(message.direction());
  }

  private String oneWay(String name, String who, Predicate<Message> which) {
    return ONE_WAY
        .replace("$NAME", name)
        .replace("$WHO", who)
        .replace("$LIST", join(which, "Request", ",\n        "));
  }

  private String join(Predicate<Message> which, String suffix, String separator) {
    return messages.stream()
        .filter(which)
        .map(message -> message.action() + suffix)
        .collect(Collectors.joining(separator));
  }

  private String entries(Predicate<Message> which) {
    return messages.stream()
        .filter(which)
        .map(
            message ->
                "Map.entry(\"" + message.action() + "\", " + message.action() + "Request.TYPE)")
        .collect(Collectors.joining(",\n              "));
  }
}
