'use client';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';

const FEEDBACK_MS = 1600;

/** Copies `text`; with `children` a button with words, else an icon. */
export function CopyButton({
  text,
  label = 'Copy',
  children,
}: {
  text: string;
  label?: string;
  children?: string;
}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), FEEDBACK_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => toast.error('The browser refused to copy. Select the text and copy it by hand.'),
    );
  };
  const icon = copied ? <Check className="text-success" /> : <Copy />;
  return children ? (
    <Button onClick={copy}>
      {icon}
      {copied ? 'Copied' : children}
    </Button>
  ) : (
    <IconButton label={copied ? 'Copied' : label} onClick={copy}>
      {icon}
    </IconButton>
  );
}
