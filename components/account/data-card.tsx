import { Download } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';

export function DataCard() {
  return (
    <Card>
      <CardHeader
        title="Your data"
        description="What we keep about you, your memberships, and the workflows that you made, as a JSON file. No secrets are in it."
        action={
          <Button asChild>
            <a href="/account/export" download>
              <Download />
              Download
            </a>
          </Button>
        }
      />
    </Card>
  );
}
