package acme.foreign;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Of a library, whose classes implement this and nothing else. */
@SuppressWarnings({"all", "LR022"})
interface ChatModel extends Model<String, String> {

  @Override
  String call(String request);

  <T> List<T> callAll(List<? extends T> requests, Class<T> type) throws IOException;

  default String call(Number request) {
    return call(request.toString());
  }

  default Options getOptions() {
    return new Options();
  }

  default Set<? extends Capability> supported() {
    return Set.of();
  }

  default String modelName() {
    return "";
  }

  default int dimensions() {
    return call("test").length();
  }

  Batches batches();

  String[] all();

  /** How the model is configured. */
  class Options {}

  /** What a model can do. */
  interface Capability {}

  /** Another client. */
  interface Batches {

    String create(String request);
  }
}
