import { Braces, Check, Globe, type LucideIcon, Merge, Split, Webhook } from 'lucide-react';
import type { CSSProperties } from 'react';
import { cn } from '#lib/cn.ts';
import styles from './workflow-picture.module.css';

interface PictureNode {
  x: number;
  y: number;
  name: string;
  note: string;
  Icon: LucideIcon;
  hue: string;
  /** Seconds into the loop at which it starts. */
  at: number;
}

const WIDTH = 190;
const HEIGHT = 60;
const NODES = {
  hook: {
    x: 30,
    y: 150,
    name: 'New order',
    note: 'Webhook',
    Icon: Webhook,
    hue: 'var(--hue-emerald)',
    at: 0.2,
  },
  check: { x: 290, y: 150, name: 'Over 100 €?', note: 'If', Icon: Split, hue: 'var(--hue-amber)', at: 1 },
  crm: {
    x: 550,
    y: 60,
    name: 'Find customer',
    note: 'HTTP request',
    Icon: Globe,
    hue: 'var(--hue-violet)',
    at: 1.9,
  },
  fields: {
    x: 550,
    y: 240,
    name: 'Shape the order',
    note: 'Edit fields',
    Icon: Braces,
    hue: 'var(--hue-blue)',
    at: 1.9,
  },
  join: {
    x: 810,
    y: 150,
    name: 'Bring together',
    note: 'Merge',
    Icon: Merge,
    hue: 'var(--hue-cyan)',
    at: 3.1,
  },
  send: {
    x: 1070,
    y: 150,
    name: 'Tell the team',
    note: 'HTTP request',
    Icon: Globe,
    hue: 'var(--hue-violet)',
    at: 4,
  },
} satisfies Record<string, PictureNode>;
type NodeName = keyof typeof NODES;
const EDGES: readonly [from: NodeName, to: NodeName][] = [
  ['hook', 'check'],
  ['check', 'crm'],
  ['check', 'fields'],
  ['crm', 'join'],
  ['fields', 'join'],
  ['join', 'send'],
];

/** A run, drawn: decoration, so it is hidden from screen readers and stands still for those who want no motion. */
export function WorkflowPicture() {
  return (
    <div
      aria-hidden="true"
      className="relative overflow-hidden border-y border-border bg-surface shadow-raised max-md:[mask-image:linear-gradient(to_right,transparent,black_8%,black_92%,transparent)] sm:rounded-2xl sm:border"
    >
      <div className="absolute inset-0 bg-[radial-gradient(circle_at_center,var(--border-strong)_1px,transparent_1px)] bg-[size:20px_20px] opacity-60" />
      <svg
        viewBox="0 0 1290 360"
        className={cn(styles.picture, 'relative block w-full min-w-[900px]')}
        role="presentation"
      >
        {EDGES.map(([from, to]) => (
          <Edge key={`${from}-${to}`} from={NODES[from]} to={NODES[to]} />
        ))}
        {Object.values(NODES).map((node) => (
          <Node key={node.name} node={node} />
        ))}
      </svg>
    </div>
  );
}

const delay = (seconds: number) => ({ '--at': `${seconds}s` }) as CSSProperties;

function Node({ node: { x, y, name, note, Icon, hue, at } }: { node: PictureNode }) {
  return (
    <g transform={`translate(${x} ${y})`} style={delay(at)}>
      <rect width={WIDTH} height={HEIGHT} rx="12" className={styles.box} />
      <rect width={WIDTH} height={HEIGHT} rx="12" className={cn(styles.ring, styles.running)} />
      <rect width={WIDTH} height={HEIGHT} rx="12" className={cn(styles.ring, styles.done)} />
      <rect x="13" y="13" width="34" height="34" rx="8" fill={hue} opacity="0.15" />
      <Icon x="21" y="21" width="18" height="18" stroke={hue} />
      <text x="58" y="28" className={styles.name}>
        {name}
      </text>
      <text x="58" y="45" className={styles.note}>
        {note}
      </text>
      <g className={styles.check}>
        <circle cx={WIDTH - 4} cy="4" r="10" fill="var(--success)" stroke="var(--surface)" strokeWidth="3" />
        <Check x={WIDTH - 10} y="-2" width="12" height="12" stroke="var(--surface)" strokeWidth={3.5} />
      </g>
    </g>
  );
}

function Edge({ from, to }: { from: PictureNode; to: PictureNode }) {
  const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x, to.y + HEIGHT / 2];
  const bend = (x2 - x1) * 0.55;
  const path = `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  return (
    <g style={delay(to.at - 0.5)}>
      <path d={path} className={styles.edge} />
      <path d={path} pathLength={1} className={styles.flowed} />
      <circle r="4" className={styles.item} style={{ offsetPath: `path("${path}")` }} />
      <circle cx={x1} cy={y1} r="4" className={styles.port} />
      <circle cx={x2} cy={y2} r="4" className={styles.port} />
    </g>
  );
}
