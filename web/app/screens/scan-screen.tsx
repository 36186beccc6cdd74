import { useEffect, useRef, useState } from 'preact/hooks';
import { Back } from '../components/back.tsx';
import { Actions, Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { Lead, Screen } from '../components/screen.tsx';
import { texts } from '../messages.ts';
import { scanQrCodes } from '../scan/camera.ts';
import { findLink } from '../state/address.ts';
import type { ScreenContext } from './screen-props.ts';

type Camera = 'on' | 'refused' | 'absent';

/** The QR code of the mail or of the repair page, by the camera. */
export function ScanScreen({ app }: ScreenContext) {
  const { scan } = texts;
  const video = useRef<HTMLVideoElement>(null);
  const [camera, setCamera] = useState<Camera>('on');
  const [isForeign, setForeign] = useState(false);

  useEffect(() => {
    const ended = new AbortController();
    const onText = (text: string) => {
      const link = findLink(text, location.origin);
      setForeign(!link);
      if (!link) return;
      ended.abort();
      void app.openLink(link);
    };
    const show = video.current;
    if (show) scanQrCodes(show, ended.signal, onText).catch((error) => setCamera(nameFailure(error)));
    return () => ended.abort();
  }, [app]);

  return (
    <Screen
      title={camera === 'on' ? scan.title : scan[camera]}
      aside={<Back onPress={() => app.navigate('home')} />}
    >
      {camera === 'on' ? (
        <>
          <Lead>{scan.lead}</Lead>
          <div class="viewfinder">
            <video ref={video} muted playsInline />
          </div>
          <p class="hint" role="status">
            {isForeign ? scan.foreign : scan.waiting}
          </p>
        </>
      ) : (
        <Notice kind="info" alert>
          {scan[`${camera}Help`]}
        </Notice>
      )}
      <Actions>
        <Button
          kind={camera === 'on' ? 'secondary' : 'primary'}
          icon="clipboard-paste"
          onPress={() => app.navigate('paste')}
        >
          {texts.pasteLink}
        </Button>
      </Actions>
    </Screen>
  );
}

const nameFailure = (error: unknown): Camera =>
  error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'absent';
