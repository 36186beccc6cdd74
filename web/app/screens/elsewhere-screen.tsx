import { encodeQR } from 'qr';
import { Back } from '../components/back.tsx';
import { CopyLink } from '../components/copy-link.tsx';
import { Lead, Screen } from '../components/screen.tsx';
import { texts } from '../messages.ts';
import { linkAddress } from '../state/address.ts';
import type { App } from '../state/app.ts';

/** An activation link in a browser that did not ask for it: it goes on, unused, to the phone that did. */
export function ElsewhereScreen({ app, token }: { app: App; token: string }) {
  const { title, lead, qr } = texts.elsewhere;
  const address = linkAddress(token);
  return (
    <Screen title={title} aside={<Back onPress={() => app.navigate('home')} />}>
      <Lead>{lead}</Lead>
      <QrCode address={address} label={qr} />
      <div class="screen-actions">
        <CopyLink address={address} />
      </div>
    </Screen>
  );
}

function QrCode({ address, label }: { address: string; label: string }) {
  const modules = encodeQR(address, 'raw', { ecc: 'medium', border: 2 });
  const path = modules.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <div class="qr">
      <svg viewBox={`0 0 ${modules.length} ${modules.length}`} role="img" aria-label={label}>
        <path d={path.join('')} fill="#10262c" shape-rendering="crispEdges" />
      </svg>
    </div>
  );
}
