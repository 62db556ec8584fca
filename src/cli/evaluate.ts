import { defineCommand } from 'citty';

export default defineCommand({
  meta: { name: 'evaluate', description: "Carry out one of the paper's experiments." },
  subCommands: {
    landmarks: async () => (await import('./evaluate-landmarks.js')).default,
    recognition: async () => (await import('./evaluate-recognition.js')).default,
  },
});
