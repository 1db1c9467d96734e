package io.sidetrace.sidecar.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;

/// Counts how many bytes are looked at, which says of a parser's cost what a clock cannot.
final class CountingBuffer extends UnpooledHeapByteBuf {
  private long examined;

  CountingBuffer(byte[] bytes) {
    super(UnpooledByteBufAllocator.DEFAULT, bytes, bytes.length);
  }

  long examined() {
    return examined;
  }

  @Override
  public byte getByte(int index) {
    examined++;
    return super.getByte(index);
  }

  @Override
  public int indexOf(int from, int to, byte value) {
    int found = super.indexOf(from, to, value);
    examined += (found < 0 ? to : found + 1) - from;
    return found;
  }

  @Override
  public ByteBuf getBytes(int index, byte[] target, int at, int length) {
    examined += length;
    return super.getBytes(index, target, at, length);
  }
}
