/** The one style of every public page. */
export const STYLE = `:root{color-scheme:light}*{box-sizing:border-box}body{margin:0;font:1.125rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color:#1b1b1b;background:#fff}
.w{max-width:64rem;margin:0 auto;padding:0 1rem;overflow-wrap:break-word}a{color:#005ea2}a:focus,input:focus,button:focus{outline:.25rem solid #2491ff;outline-offset:2px}
.demo{background:#faf3d1;border-bottom:1px dashed #1b1b1b;padding:.5rem 0;font-size:1rem}.top{display:flex;flex-wrap:wrap;gap:.25rem 1rem;justify-content:space-between;padding:.75rem 1rem}.top p{margin:0}
nav a,nav strong{display:inline-block;min-height:1.5rem;margin-inline-end:.75rem}.band{padding:1rem 0;color:#fff}h1{font-size:1.9rem;line-height:1.2}.band h1{margin:0}.band p{margin:.35rem 0 0}
.out{background:#b50909}.restored{background:#216e1f}.past{background:#565c65}.quiet{background:#162e51}
.frame{border:.25rem solid #1b1b1b;border-radius:.5rem;padding:1rem;margin:1rem 0;max-width:36rem}.frame p{margin:0}.number{display:inline-block;font-weight:700;font-size:min(2.6rem,9.5vw);white-space:nowrap;color:#1b1b1b;line-height:1.3}
.number.ext{white-space:normal}.frame>.do>p{font-weight:700;font-size:1.35rem;line-height:1.35}.frame p+p{margin-top:.5rem}.small{font-size:1rem;color:#454545}.bar{border-inline-start:.5rem solid #1b1b1b;padding:.25rem 0;padding-inline-start:1rem;font-weight:700}
section{border-top:1px solid #a9aeb1;margin-top:1.5rem;padding-top:1rem}h2{font-size:1.35rem;margin:0 0 .5rem}.n{white-space:nowrap}
form.find{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end}form.find label{flex-basis:100%;font-weight:700}input[type=search]{font:inherit;padding:.5rem;border:2px solid #1b1b1b;min-width:0;flex:1 1 14rem;max-width:28rem}button{font:inherit;font-weight:700;padding:.5rem 1.25rem;background:#005ea2;color:#fff;border:0;border-radius:.25rem}
.letters{display:flex;flex-wrap:wrap;gap:.25rem;padding:0;list-style:none}.letters a{display:block;min-width:2.25rem;padding:.3rem .5rem;text-align:center;border:1px solid #a9aeb1;text-decoration:none;font-weight:700}
.list{columns:16rem;column-gap:2rem}.list h2{border-bottom:2px solid #1b1b1b;break-after:avoid}.list ul{list-style:none;margin:0 0 1rem;padding:0}.list li{display:flex;justify-content:space-between;gap:.75rem;border-bottom:1px solid #dfe1e2;padding:.3rem 0;break-inside:avoid}.list b,.list a{overflow-wrap:anywhere}.list b{white-space:nowrap}.list .go{flex-wrap:wrap}
.official p{margin:.35rem 0}.official h3{font-size:1rem;margin:.75rem 0 0;color:#454545}
footer{border-top:1px solid #a9aeb1;margin-top:2rem;padding:1rem 0 2rem;font-size:1rem;color:#454545}[hidden]{display:none}
@media print{.demo,nav,form,.letters{display:none}.band{color:#000;background:none;border:3px solid #000;padding:1rem}a{color:#000}}`;
