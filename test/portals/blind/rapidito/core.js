// As much of PrimeFaces 6 as these pages use.
var PrimeFaces = {
  enviando: false,
  esc: function (id) { return '#' + id.replace(/:/g, '\\:') },
  ab: function (c) {
    var data = $('#form').serializeArray()
    data.push({ name: 'javax.faces.partial.ajax', value: 'true' }, { name: 'javax.faces.source', value: c.s }, { name: 'javax.faces.partial.execute', value: c.p || '@all' }, { name: 'javax.faces.partial.render', value: c.u || '' })
    if (c.e) data.push({ name: 'javax.faces.behavior.event', value: c.e })
    else data.push({ name: c.s, value: c.s })
    $('#bloqueo').show()
    $.ajax({ type: 'POST', url: $('#form').attr('action'), data: data, dataType: 'xml', headers: { 'Faces-Request': 'partial/ajax' } }).done(function (doc) {
      $('#bloqueo').hide()
      $(doc).find('update').each(function () {
        var id = this.getAttribute('id'), text = $(this).text()
        if (/ViewState/.test(id)) return $('[name="javax.faces.ViewState"]').val(text)
        $(PrimeFaces.esc(id)).replaceWith(text)
      })
      PrimeFaces.widgets()
    }).fail(function () { $('#bloqueo').hide() })
    return false
  },
  addSubmitParam: function (id) { $('#form').find('.ui-param').remove().end().append($('<input type="hidden" class="ui-param">').attr({ name: id, value: id })); return this },
  submit: function () { PrimeFaces.enviando = true; $('#form')[0].submit(); PrimeFaces.enviando = false; $('#form .ui-param').remove(); return false },
  widgets: function () {
    $('.hasCal').not('.hasDatepicker').datepicker({ dateFormat: 'dd/mm/yy', maxDate: 0, showOn: 'both', buttonText: '...', dayNamesMin: ['D', 'L', 'M', 'M', 'J', 'V', 'S'], monthNames: ['Enero', 'Febrero', 'Marzo', 'Abril', 'Mayo', 'Junio', 'Julio', 'Agosto', 'Septiembre', 'Octubre', 'Noviembre', 'Diciembre'] })
    $('.ui-selectonemenu').each(function () {
      var menu = $(this), id = this.id, panelId = id + '_panel', select = menu.find('select')
      $(document.body).children(PrimeFaces.esc(panelId)).remove()
      var panel = menu.parent().find(PrimeFaces.esc(panelId)).appendTo(document.body)
      menu.off().on('mousedown', function (e) {
        e.preventDefault()
        if (menu.hasClass('ui-state-disabled')) return
        $('.ui-selectonemenu-panel').not(panel).hide()
        var at = menu.offset()
        panel.css({ left: at.left, top: at.top + 27, width: menu.outerWidth() }).toggle()
        menu.find('.ui-helper-hidden-accessible input').trigger('focus')
      })
      panel.off().on('click', 'li', function () {
        var i = $(this).index()
        panel.hide()
        if (select[0].selectedIndex === i) return
        select[0].selectedIndex = i
        menu.find('.ui-selectonemenu-label').text($(this).text())
        if (menu.data('ajax')) PrimeFaces.ab({ s: id, e: 'change', p: id, u: 'form:contenido' })
      })
    })
  }
}
$(function () { PrimeFaces.widgets(); $(document).on('mousedown', function (e) { if (!$(e.target).closest('.ui-selectonemenu,.ui-selectonemenu-panel').length) $('.ui-selectonemenu-panel').hide() }) })
