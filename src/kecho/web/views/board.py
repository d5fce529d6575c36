from django.shortcuts import render
def show(request):
    return render(request, "web/board.html", {"nav": "board"})
