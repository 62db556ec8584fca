import { describe, expect, it } from 'vitest';
import { Events } from '../../src/training-loop/events.js';

interface Told {
  number: number;
  word: string;
}

describe('Events', () => {
  it('calls the listeners of an event in the order they were added, awaiting each', async () => {
    const events = new Events<Told>();
    const heard: string[] = [];
    events.on('number', async (n) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      heard.push(`first ${n}`);
    });
    events.on('number', (n) => heard.push(`second ${n}`));
    events.on('word', (word) => heard.push(word));
    await events.emit('number', 7);
    expect(heard).toEqual(['first 7', 'second 7']);
    await events.emit('word', 'a');
    expect(heard).toEqual(['first 7', 'second 7', 'a']);
  });

  it('removes a listener and keeps the others', async () => {
    const events = new Events<Told>();
    const heard: string[] = [];
    const off = events.on('word', (word) => heard.push(`one ${word}`));
    events.on('word', (word) => heard.push(`other ${word}`));
    off();
    off();
    await events.emit('word', 'x');
    expect(heard).toEqual(['other x']);
  });

  it('throws what a listener throws', async () => {
    const events = new Events<Told>();
    events.on('word', () => {
      throw new Error('disk full');
    });
    await expect(events.emit('word', 'x')).rejects.toThrow('disk full');
    await expect(events.emit('number', 1)).resolves.toBeUndefined();
  });
});
