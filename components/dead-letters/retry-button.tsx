'use client';
import { ChevronDown, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu.tsx';
import { FROM_FAILURE, OTHER_WAYS, type RetryHow } from './retry-choices.ts';

interface RetryButtonProps {
  label: ReactNode;
  /** Names the menu. */
  menuLabel: string;
  title: string;
  primary?: boolean;
  disabled: boolean;
  onRetry: (how: RetryHow) => void;
}

/** Retries from where they failed; the menu beside it has the other ways. */
export function RetryButton({
  label,
  menuLabel,
  title,
  primary = false,
  disabled,
  onRetry,
}: RetryButtonProps) {
  const variant = primary ? 'primary' : 'secondary';
  return (
    <div className="flex">
      <Button
        size="sm"
        variant={variant}
        className="rounded-r-none focus-visible:z-1"
        title={title}
        disabled={disabled}
        onClick={() => onRetry(FROM_FAILURE)}
      >
        <RotateCw className="size-3.5" />
        {label}
      </Button>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button
            size="sm"
            variant={variant}
            disabled={disabled}
            aria-label={menuLabel}
            className={
              primary ? 'rounded-l-none border-l-accent-foreground/25 px-1.5' : '-ml-px rounded-l-none px-1.5'
            }
          >
            <ChevronDown className="size-3.5" />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" className="max-w-80">
          {OTHER_WAYS.map(({ label: way, help, how }) => (
            <DropdownMenuItem key={way} onSelect={() => onRetry(how)} className="py-1.5">
              <span className="flex flex-col">
                {way}
                <span className="text-xs text-foreground-muted">{help}</span>
              </span>
            </DropdownMenuItem>
          ))}
        </DropdownMenuContent>
      </DropdownMenu>
    </div>
  );
}
