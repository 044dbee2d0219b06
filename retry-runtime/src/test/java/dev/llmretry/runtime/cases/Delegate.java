package dev.llmretry.runtime.cases;

import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.util.List;

/** Follows the script of a case; its last step is for all further attempts. */
public final class Delegate {

  private final World world;
  private final List<Step> script;

  public Delegate(World world, List<Step> script) {
    this.world = world;
    this.script = script;
  }

  /** Makes one attempt. */
  public String call(CancellationToken token) throws IOException {
    int step = Math.min(world.calls, script.size() - 1);
    world.calls++;
    return script.get(step).run(world, token);
  }
}
