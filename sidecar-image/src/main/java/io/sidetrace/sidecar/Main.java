package io.sidetrace.sidecar;

import io.sidetrace.sidecar.Arguments.Mode;
import io.sidetrace.sidecar.config.ConfigReader;
import io.sidetrace.sidecar.config.ReadResult;
import io.sidetrace.sidecar.config.Refusal;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/// The sidecar's process.
public final class Main {
  private static final int OK = 0;

  /// Bad arguments or a bad configuration: started again, it would be no better.
  private static final int BAD_INPUT = 1;

  private final PrintStream out;
  private final PrintStream err;

  Main(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    int code = new Main(System.out, System.err).run(List.of(arguments));
    if (code != OK) {
      System.exit(code);
    }
  }

  /// Does what the arguments ask for; a sidecar that was started goes on after the return.
  ///
  /// @return the exit code
  int run(List<String> arguments) {
    return switch (Arguments.parse(arguments)) {
      case Arguments.Request.Help() -> say(Arguments.usage());
      case Arguments.Request.Version() -> say("sidetrace " + Sidecar.VERSION + "\n");
      case Arguments.Request.Wrong(var messages) -> refuse(messages);
      case Arguments.Request.Run(var run) -> run(run);
    };
  }

  private int run(Arguments arguments) {
    Logging.configure(arguments.logLevel());
    var reader = new ConfigReader(arguments.config(), arguments.configYaml(), arguments.node());
    ReadResult result = reader.read();
    List<String> wrong = wrong(result);
    if (!wrong.isEmpty() && (arguments.mode() == Mode.VALIDATE || !arguments.awaitConfig())) {
      return refuse(wrong);
    }
    return switch (arguments.mode()) {
      case VALIDATE -> say("configuration is valid\n");
      case SERVE -> serve(arguments, reader, result);
    };
  }

  private int serve(Arguments arguments, ConfigReader reader, ReadResult result) {
    try {
      Sidecar sidecar = Sidecar.start(arguments, reader, result);
      Runtime.getRuntime().addShutdownHook(new Thread(sidecar::stop, "shutdown"));
      sidecar.announce();
      return OK;
    } catch (IOException e) {
      return refuse(List.of(String.valueOf(e.getMessage())));
    }
  }

  private static List<String> wrong(ReadResult result) {
    return switch (result) {
      case ReadResult.Read _ -> List.of();
      case ReadResult.Refused(var refusals) -> refusals.stream().map(Refusal::format).toList();
      case ReadResult.Waiting(var missing) ->
          List.of(missing + ": not found (expected: a file; --await-config waits for it)");
    };
  }

  private int say(String text) {
    out.print(text);
    return OK;
  }

  private int refuse(List<String> messages) {
    messages.forEach(err::println);
    return BAD_INPUT;
  }
}
