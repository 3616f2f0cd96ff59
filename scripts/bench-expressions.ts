import { compileTemplate, compileValue } from '#engine/expression/template.ts';
import { testScope } from '#engine/expression/test-scope.ts';

// How many expressions one core evaluates in a second. CPU time is counted, so that neighbours do not matter.
const scope = testScope({
  a: { b: 'x' },
  name: 'Ada',
  age: 36,
  email: 'ada@example.com',
  tags: ['x', 'y', 'z'],
  orders: Array.from({ length: 20 }, (_, i) => ({ id: i, total: i * 10 })),
});

const CASES: [name: string, template: string, target?: number][] = [
  ['a path', '{{ $json.a.b }}', 1_000_000],
  ['a typical template', 'Hello {{ $json.name }}, you are {{ $json.age + 1 }} years old.', 200_000],
  ['a method', '{{ $json.email.toLowerCase().split("@")[1] }}'],
  ['a condition', '{{ $json.age > 30 ? "old" : "young" }}'],
  ['another node', "{{ $('Start').item.json.name }}"],
  ['a date', "{{ $now.plus(1, 'day').toFormat('yyyy-MM-dd') }}"],
  ['a list with a function', '{{ $json.orders.filter(o => o.total > 50).map(o => o.id).join() }}'],
];

for (const [name, template, target] of CASES) {
  const compiled = compileTemplate(template);
  show(
    name,
    perSecond(() => compiled.render(scope, 0)),
    target,
  );
}
const parameters = compileValue({
  url: 'https://example.com/{{ $json.name }}',
  body: { to: '{{ $json.email }}', age: '{{ $json.age }}' },
});
show(
  'parameters of a node',
  perSecond(() => parameters.render(scope, 0)),
);
let source = 0;
show(
  'compiling something new',
  perSecond(() => compileTemplate(`{{ $json.name + ${source++} }}`)),
);

function perSecond(work: () => unknown): number {
  for (let i = 0; i < 20_000; i++) work();
  let best = 0;
  for (let round = 0; round < 3; round++) {
    const before = process.threadCpuUsage();
    let count = 0;
    let spent = 0;
    while (spent < 400_000) {
      for (let i = 0; i < 2_000; i++) work();
      count += 2_000;
      const { user, system } = process.threadCpuUsage(before);
      spent = user + system;
    }
    best = Math.max(best, (count / spent) * 1e6);
  }
  return best;
}

function show(name: string, rate: number, target?: number): void {
  const reached =
    target === undefined ? '' : `  target ${target.toLocaleString('en')}: ${rate >= target ? 'yes' : 'no'}`;
  process.stdout.write(
    `${name.padEnd(26)} ${Math.round(rate).toLocaleString('en').padStart(12)} /s${reached}\n`,
  );
}
