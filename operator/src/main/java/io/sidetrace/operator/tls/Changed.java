package io.sidetrace.operator.tls;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.concurrent.Semaphore;

/// Releases a permit for every change that an informer sees.
record Changed<T>(Semaphore changes) implements ResourceEventHandler<T> {
  @Override
  public void onAdd(T added) {
    changes.release();
  }

  @Override
  public void onUpdate(T before, T after) {
    changes.release();
  }

  @Override
  public void onDelete(T deleted, boolean isFinalStateUnknown) {
    changes.release();
  }
}
