// What MicrosoftAjax.js and Telerik.Web.UI.js do for this page.
function __doAsync(target) {
  document.getElementById('__EVENTTARGET').value = target
  $('#RadAjaxLoadingPanel1').show()
  $.ajax({ url: '/generar_factura.aspx', type: 'POST', data: $('#form1').serialize() + '&__ASYNCPOST=true', headers: { 'X-MicrosoftAjax': 'Delta=true' } }).done(function (text) {
    $('#RadAjaxLoadingPanel1').hide()
    var at = 0
    while (at < text.length) {
      var a = text.indexOf('|', at), b = text.indexOf('|', a + 1), c = text.indexOf('|', b + 1), n = +text.slice(at, a)
      var type = text.slice(a + 1, b), id = text.slice(b + 1, c), body = text.slice(c + 1, c + 1 + n)
      if (type === 'updatePanel') document.getElementById(id).innerHTML = body
      if (type === 'hiddenField') document.getElementById(id).value = body
      if (type === 'scriptBlock') window.setTimeout(new Function(body), 0)
      at = c + 1 + n + 1
    }
  }).fail(function () { $('#RadAjaxLoadingPanel1').hide(); alert('Sys.WebForms.PageRequestManagerServerErrorException') })
}
$(function () {
  var input = $('#rstation_Input'), state = $('#rstation_ClientState'), slide = null, empty = 'Seleccione la estación', timer
  function close() { if (slide) { slide.remove(); slide = null } }
  function pick(li) { input.val($(li).text()).removeClass('rcbEmptyMessage'); state.val(JSON.stringify({ logEntries: [], value: $(li).data('v'), text: $(li).text(), enabled: true })); close() }
  function request(text) {
    $.getJSON('/rstation.ashx', { text: text }, function (items) {
      close()
      var at = input.offset()
      slide = $('<div class="rcbSlide"><div id="rstation_DropDown" class="RadComboBoxDropDown RadComboBoxDropDown_Bootstrap"><div class="rcbScroll rcbWidth"><ul class="rcbList"></ul></div></div></div>').css({ left: at.left, top: at.top + 32, width: $('#rstation').width() }).appendTo(document.body)
      if (!items.length) slide.find('.rcbScroll').html('<div class="rcbNoMatches">No se encontraron estaciones</div>')
      items.forEach(function (i) { $('<li class="rcbItem">').text(i.Text).data('v', i.Value).appendTo(slide.find('ul')) })
    })
  }
  $('#rstation_Arrow').on('click', function () { if (slide) close(); else request('') })
  input.on('focus', function () { if (input.hasClass('rcbEmptyMessage')) input.val('').removeClass('rcbEmptyMessage') })
    .on('input', function () { state.val(''); clearTimeout(timer); timer = setTimeout(function () { request(input.val()) }, 300) })
    .on('blur', function () { setTimeout(function () { if (!state.val() && !input.val()) input.val(empty).addClass('rcbEmptyMessage') }, 250) })
    .on('keydown', function (e) {
      if (!slide) return
      var items = slide.find('li'), i = items.index(items.filter('.rcbHovered'))
      if (e.key === 'ArrowDown' || e.key === 'ArrowUp') { e.preventDefault(); items.removeClass('rcbHovered').addClass('rcbItem').eq(Math.max(0, Math.min(items.length - 1, i + (e.key === 'ArrowDown' ? 1 : -1)))).addClass('rcbHovered') }
      if (e.key === 'Enter') { e.preventDefault(); if (i >= 0) pick(items[i]) }
      if (e.key === 'Escape') close()
    })
  $(document).on('mousedown', '.rcbList li', function () { pick(this) }).on('mouseenter', '.rcbList li', function () { $('.rcbList li').removeClass('rcbHovered'); $(this).addClass('rcbHovered') })
    .on('mousedown', function (e) { if (!$(e.target).closest('.rcbSlide,#rstation').length) close() })
})
