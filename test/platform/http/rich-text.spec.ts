import { RichText } from '../../../src/platform/http/rich-text.js';

const safeHtml = (sent: string) => RichText.of(sent).html;
const plainText = (sent: string) => RichText.of(sent).text;

describe('Rich text made safe', () => {
  it.each([
    ['formatting', '<p>请<strong>携带</strong>身份证<br>和<em>准考证</em></p><ul><li>一</li></ul>'],
    ['a table', '<table><tbody><tr><td colspan="2">时间</td></tr></tbody></table>'],
    ['a link', '<a href="https://cet.neea.edu.cn/?a=1&amp;b=2">网站</a>'],
    ['signs that are text', '<p>1 &lt; 2 &amp; 3</p>'],
  ])('keeps %s, and does so twice', (_, html) => {
    expect(safeHtml(html)).toBe(html);
    expect(safeHtml(safeHtml(html))).toBe(html);
  });

  it.each([
    ['a script', '<p>好</p><script>alert(1)</script>', '<p>好</p>'],
    ['a script in pieces', '<scr<script>ipt>alert(1)</script>', '&lt;scr'],
    ['an event', '<p onclick="alert(1)" style="position:fixed">好</p>', '<p>好</p>'],
    ['an image', '<img src=x onerror=alert(1)>好', '好'],
    ['a javascript link', '<a href="javascript:alert(1)">好</a>', '<a>好</a>'],
    ['one that hides its scheme', '<a href=" jav&#x09;ascript:alert(1)">好</a>', '<a>好</a>'],
    ['a data link', '<a href="data:text/html,<script>alert(1)</script>">好</a>', '<a>好</a>'],
    ['a link without a scheme', '<a href="//evil.example">好</a>', '<a>好</a>'],
    ['a quote that breaks out', `<a href='https://a"onmouseover="alert(1)'>好</a>`, '<a>好</a>'],
    ['a frame with what is in it', '<iframe srcdoc="<p>x</p>">y</iframe>好', '好'],
    ['SVG', '<svg onload=alert(1)><a href="#">x</a></svg>好', '好'],
    ['a form', '<form action="https://evil.example"><input name=a>好</form>', '好'],
    ['a comment', '<!-- <script>alert(1)</script> -->好', '好'],
    ['a comment without an end', '好<!-- <b>x</b>', '好'],
    ['a tag without an end', '好<b title="x><b>y', '好&lt;b title="x&gt;&lt;b&gt;y'],
    ['a tag in a value', '<b title="<script>">好</b>', '<b>好</b>'],
    ['a script that never ends', '好<SCRIPT src=x>坏<b>坏</b>', '好'],
    ['a tag of other letters', '<ſcript>好</ſcript>', '&lt;ſcript&gt;好'],
    ['a name that goes on', '<p/onclick=x>好</p><pre>好</pre><b:x>好</b:x>', '<p>好</p>好<b>好</b>'],
    [
      'a link’s second address',
      '<a href=https://a.cn href="javascript:x">好</a>',
      '<a href="https://a.cn">好</a>',
    ],
    ['a link of another name', '<a xhref="https://a.cn" data-href="https://a.cn">好</a>', '<a>好</a>'],
    ['an unknown attribute', '<td colspan="1000000" class="x">好</td>', '<td>好</td>'],
  ])('takes out %s', (_, html, safe) => {
    expect(safeHtml(html)).toBe(safe);
  });

  it.each([
    ['<p>第一段</p><p>第二段</p>', '第一段\n第二段'],
    ['<ul><li>一</li><li>二<br>三</li></ul>', '一\n二\n三'],
    ['<p>1 &lt; 2 &amp;lt; 3</p>', '1 < 2 &lt; 3'],
    ['<p>好<script>alert(1)</script></p>', '好'],
    ['没有格式', '没有格式'],
    ['<p></p><br>', ''],
  ])('as plain text, %s is %s', (html, text) => {
    expect(plainText(html)).toBe(text);
  });
});
