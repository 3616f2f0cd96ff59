import { cn } from '#lib/cn.ts';
import { SearchButton } from './search-button.tsx';
import { SidebarNav } from './sidebar-nav.tsx';
import { UserMenu } from './user-menu.tsx';
import { WorkspaceSwitcher } from './workspace-switcher.tsx';

/** From `md` up. `compact` shows icons only. */
export function Sidebar({ compact }: { compact: boolean }) {
  return (
    <aside
      aria-label="Workspace"
      className={cn(
        'hidden shrink-0 flex-col gap-2 border-r border-border bg-background p-2 md:flex',
        compact ? 'w-13' : 'w-58',
      )}
    >
      <SidebarContent compact={compact} />
    </aside>
  );
}

/** The same in the sidebar and in the sheet of small screens. */
export function SidebarContent({ compact, onNavigate }: { compact: boolean; onNavigate?: () => void }) {
  return (
    <>
      <WorkspaceSwitcher compact={compact} />
      <SearchButton compact={compact} onOpen={onNavigate} />
      <SidebarNav compact={compact} onNavigate={onNavigate} />
      <UserMenu compact={compact} />
    </>
  );
}
