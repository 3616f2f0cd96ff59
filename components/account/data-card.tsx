import { Download } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';

export function DataCard() {
  return (
    <Card>
      <CardHeader
        title="Your data"
        description="What we keep about you, and what you made, as a JSON file."
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
