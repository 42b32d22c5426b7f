// Sends one letter again and again with nodemailer's pool: nodemailer.mjs PORT CONNECTIONS COUNT FILE
// FILE is JSON with html and text. Prints the seconds and the CPU seconds it took.
import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';

const [port, connections, count, file] = process.argv.slice(2);
const letter = JSON.parse(readFileSync(file, 'utf8'));
const transport = createTransport({
  host: '127.0.0.1', port: Number(port), secure: false, ignoreTLS: true,
  pool: true, maxConnections: Number(connections), maxMessages: Infinity,
});
let next = 0;
async function worker() {
  while (next < Number(count)) {
    const number = next++;
    await transport.sendMail({
      from: 'papers@example.org', to: `reader${number}@example.org`,
      subject: `Daily Papers ${number}`, text: letter.text, html: letter.html,
    });
  }
}
const start = process.hrtime.bigint();
const cpu = process.cpuUsage();
await Promise.all(Array.from({ length: Number(connections) }, worker));
const used = process.cpuUsage(cpu);
console.log(Number(process.hrtime.bigint() - start) / 1e9, (used.user + used.system) / 1e6);
transport.close();
